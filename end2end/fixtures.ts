import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";

/** The demo staff, by role; `server staff demo` makes them. */
const emails = {
  viewer: "viewer@seatboard.example",
  technician: "technician@seatboard.example",
  "account manager": "manager@seatboard.example",
  admin: "admin@seatboard.example",
};

export type Role = keyof typeof emails;

type Fixtures = {
  /** What went wrong in the page. A test that expects a failure takes it out with `expectRefusal`; what stays fails the test. */
  problems: string[];
};

/** Playwright's test, which also fails on anything the browser complains about. */
export const test = base.extend<Fixtures>({
  problems: [
    async ({ page, javaScriptEnabled }, use) => {
      const problems: string[] = [];
      listen(page, problems);
      if (javaScriptEnabled !== false) await listenToPolicy(page, problems);
      await use(problems);
      expect(problems, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Signs in as a member of the demo staff and waits for the page that follows. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto("/sign-in");
  await enterCredentials(page, emailOf(role), demoPassword());
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/**
 * Forgets who is signed in. The page is left first, so that it asks nothing by itself any more.
 */
export async function forgetSession(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

/** Fills in the sign-in form and sends it, whoever it lets in. */
export async function enterCredentials(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export function emailOf(role: Role): string {
  return emails[role];
}

export function demoPassword(): string {
  const password = process.env.SEATBOARD_DEMO_PASSWORD;
  if (!password) throw new Error("SEATBOARD_DEMO_PASSWORD is not set: start the tests with `cargo xtask test --only browser`");
  return password;
}

/** Goes to a page that answers with an error status, which the browser complains about. */
export async function expectRefusal(page: Page, problems: string[], path: string, status: number): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status(), path).toBe(status);
  await expect.poll(() => problems).toEqual([expect.stringContaining(`status of ${status}`)]);
  problems.length = 0;
}

/** Checks the page as it is against WCAG 2.2 AA. Axe is itself a script, so this needs JavaScript. */
export async function expectAccessible(page: Page): Promise<void> {
  // A colour on its way from one theme to the other has the contrast of neither, and a page that is not drawn at the moment
  // never arrives by itself. What inherits a colour sets out when that has arrived, so one round is not enough.
  await page.evaluate(() => {
    const underWay = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    for (let round = 0; round < 20 && underWay().length > 0; round += 1) {
      for (const transition of underWay()) transition.finish();
    }
  });
  // The rows of a table are alike, and looking at hundreds of them takes minutes.
  const look = new AxeBuilder({ page }).exclude("tbody tr:nth-child(n + 21)");
  const found = await look.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const violations = found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
  expect(violations, "accessibility rules broken").toEqual([]);
}

/**
 * Chromium's own: it gives up the animation between two pages when the next one is asked for, or drawn, too early for it or too
 * late. No script of ours begins such an animation.
 */
const transitionGivenUp = /^Transition was (skipped|aborted because of (invalid state|timeout))/;

function listen(page: Page, problems: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => {
    if (!transitionGivenUp.test(error.message)) problems.push(`script: ${error.message}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Leaving a page aborts what it was still loading.
    if (reason !== "net::ERR_ABORTED" && sameOrigin(page, request.url())) problems.push(`${reason} ${request.url()}`);
  });
}

/** What a page's content security policy forbids fails the test by its event too; without scripts the console alone tells. */
async function listenToPolicy(page: Page, problems: string[]): Promise<void> {
  await page.exposeFunction("noteViolation", (what: string) => problems.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      const note = (globalThis as unknown as { noteViolation(what: string): void }).noteViolation;
      note(`${effectiveDirective} ${blockedURI} in ${sourceFile || location.pathname}:${lineNumber}`);
    });
  });
}

function sameOrigin(page: Page, url: string): boolean {
  return new URL(url).origin === new URL(page.url()).origin;
}
