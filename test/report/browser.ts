import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

/** Debian's Chromium, or the one that LAENNEC_CHROMIUM names; undefined where there is none. */
export const chromiumPath = [process.env["LAENNEC_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path !== undefined && path !== "" && existsSync(path),
);

/** On a machine that checks the project a missing browser is a failure, not an excuse. */
export const mayBeSkipped = chromiumPath === undefined && !process.env["CI"];

const flags =
  "--headless=new --no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist " +
  "--disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export async function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("no Chromium: install it, or set LAENNEC_CHROMIUM");
  return chromium.launch({ executablePath: chromiumPath, args: flags.split(" ") });
}

export interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, among them everything that the page's policy refused. */
  readonly errors: readonly string[];
  /** Everything asked for but the file itself and what lies inside it. */
  readonly requests: readonly string[];
  /** The value of an expression in the page. */
  readonly ask: <T>(expression: string) => Promise<T>;
  readonly count: (selector: string) => Promise<number>;
}

/** Opens a file, and waits until every figure is drawn. */
export async function open(browser: Browser, file: string, viewport = { width: 1200, height: 900 }): Promise<Opened> {
  const page = await browser.newPage({ viewport });
  const errors: string[] = [];
  const requests: string[] = [];
  const own = pathToFileURL(file).href;
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("dialog", (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on(
    "request",
    (request) => void (/^(data|blob):/.test(request.url()) || request.url() === own || requests.push(request.url())),
  );
  await page.goto(own);
  // Playwright's own ways of waiting make code from strings on our side, which the tests' Node refuses; this does not.
  const end = Date.now() + 150_000;
  while ((await page.evaluate("document.documentElement.dataset.ready")) !== "true") {
    if (Date.now() > end) throw new Error(`not drawn in time; errors so far: ${errors.join("; ") || "none"}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const ask = <T>(expression: string): Promise<T> => page.evaluate(expression);
  return {
    page,
    errors,
    requests,
    ask,
    count: (selector) => ask(`document.querySelectorAll(${JSON.stringify(selector)}).length`),
  };
}
