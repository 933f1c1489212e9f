/** "0 1 2\\n3 0 4\\n0.5 0 0\\n" packed by Python 3.11's bz2. */
export const bzip2Of = new Uint8Array(
  Buffer.from("QlpoOTFBWSZTWb9MpugAAAZYAAAQQAF+ACAAMQZMQNPUE8pj9clwTTAQT4u5IpwoSF+mU3QA", "base64"),
);
