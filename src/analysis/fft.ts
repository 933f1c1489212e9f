/**
 * Discrete Fourier transform of any length: radix 2 where the length is a power of two, else Bluestein's chirp
 * (Bluestein 1970, doi:10.1109/TAU.1970.1162132), which is a convolution of power-of-two length.
 */
export interface Fft {
  readonly length: number;
  /** X[k] = Σ x[n] exp(-2πi k n / length), in place. */
  transform(real: Float64Array, imaginary: Float64Array): void;
}

/** Prepares the tables for one length (≥ 1). */
export function fft(length: number): Fft {
  return (length & (length - 1)) === 0 ? radix2(length) : bluestein(length);
}

function radix2(length: number): Fft {
  const half = length >> 1;
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sin = Float64Array.from({ length: half }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  const bits = Math.log2(length);
  const reversed = Uint32Array.from({ length }, (_, k) => {
    let out = 0;
    for (let b = 0; b < bits; b++) out |= ((k >> b) & 1) << (bits - 1 - b);
    return out;
  });
  const swap = (values: Float64Array) =>
    reversed.forEach((to, from) => {
      if (to > from) [values[from], values[to]] = [values[to] ?? 0, values[from] ?? 0];
    });
  const transform = (re: Float64Array, im: Float64Array): void => {
    swap(re);
    swap(im);
    for (let size = 2; size <= length; size *= 2) {
      const arm = size >> 1;
      const stride = length / size;
      for (let start = 0; start < length; start += size)
        for (let k = 0; k < arm; k++) {
          const a = start + k;
          const b = a + arm;
          const c = cos[k * stride] ?? 0;
          const s = sin[k * stride] ?? 0;
          const [ar, ai, br, bi] = [re[a] ?? 0, im[a] ?? 0, re[b] ?? 0, im[b] ?? 0];
          const tr = br * c - bi * s;
          const ti = br * s + bi * c;
          re[a] = ar + tr;
          im[a] = ai + ti;
          re[b] = ar - tr;
          im[b] = ai - ti;
        }
    }
  };
  return { length, transform };
}

function bluestein(length: number): Fft {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const inner = radix2(size);
  // n² is taken modulo 2·length first: the angle stays small, so its rounding does.
  const angle = (n: number) => (Math.PI * ((n * n) % (2 * length))) / length;
  const chirpRe = Float64Array.from({ length }, (_, n) => Math.cos(angle(n)));
  const chirpIm = Float64Array.from({ length }, (_, n) => Math.sin(angle(n)));
  const filterRe = new Float64Array(size);
  const filterIm = new Float64Array(size);
  for (let n = 0; n < length; n++) {
    filterRe[n] = filterRe[(size - n) % size] = chirpRe[n] ?? 0;
    filterIm[n] = filterIm[(size - n) % size] = chirpIm[n] ?? 0;
  }
  inner.transform(filterRe, filterIm);
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);
  const transform = (re: Float64Array, im: Float64Array): void => {
    workRe.fill(0);
    workIm.fill(0);
    for (let n = 0; n < length; n++) {
      const [c, s, x, y] = [chirpRe[n] ?? 0, chirpIm[n] ?? 0, re[n] ?? 0, im[n] ?? 0];
      workRe[n] = x * c + y * s;
      workIm[n] = y * c - x * s;
    }
    inner.transform(workRe, workIm);
    for (let k = 0; k < size; k++) {
      const [x, y, f, g] = [workRe[k] ?? 0, workIm[k] ?? 0, filterRe[k] ?? 0, filterIm[k] ?? 0];
      // Conjugated, so that a second forward transform is the inverse one.
      workRe[k] = x * f - y * g;
      workIm[k] = -(x * g + y * f);
    }
    inner.transform(workRe, workIm);
    for (let n = 0; n < length; n++) {
      const [c, s] = [chirpRe[n] ?? 0, chirpIm[n] ?? 0];
      const x = (workRe[n] ?? 0) / size;
      const y = -(workIm[n] ?? 0) / size;
      re[n] = x * c + y * s;
      im[n] = y * c - x * s;
    }
  };
  return { length, transform };
}
