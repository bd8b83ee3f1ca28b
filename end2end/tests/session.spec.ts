import type { Browser, Page } from "@playwright/test";
import { demoPassword, emailOf, enterCredentials, expect, expectAccessible, signIn, test, type Role } from "../fixtures.js";

/**
 * Browsers that no other test uses, for each project one for each try: people share the demo's sign-ins, and the session of a try that
 * failed is still there at the next.
 */
const agents: Record<string, { agent: string; words: string }[]> = {
  chromium: [
    { agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", words: "Firefox on Windows" },
    { agent: "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", words: "Firefox on Linux" },
  ],
  "no-javascript": [
    { agent: "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1", words: "Safari on iPad" },
    { agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1", words: "Safari on iPhone" },
  ],
};

test("another browser is signed out from the profile", async ({ page, browser, baseURL }, { project, retry }) => {
  const { agent, words } = agents[project.name]?.[retry] ?? { agent: "", words: "" };
  const other = await signedIn(browser, baseURL, agent, "technician");
  await signIn(page, "technician");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
  const sessions = page.getByRole("region", { name: "Your sessions" });
  await expect(sessions.getByText("This browser")).toHaveCount(1);
  const theirs = sessions.getByRole("row").filter({ hasText: words });
  await expect(theirs).toHaveCount(1);
  await theirs.getByRole("button", { name: /^Sign out/ }).click();
  await expect(theirs).toHaveCount(0);
  await other.goto("/customers");
  await expect(other, "signed out").toHaveURL(/\/sign-in/);
  await page.goto("/customers");
  await expect(page, "still signed in").toHaveURL("/customers");
  await other.context().close();
});

test("what is sent after an admin signed somebody out comes back when they sign in again", async ({ page, browser, baseURL }, { project, retry }) => {
  const { agent, words } = agents[project.name]?.[retry] ?? { agent: "", words: "" };
  const other = await signedIn(browser, baseURL, agent, "account manager");
  await other.goto("/customers/new");
  await other.getByLabel("Company name", { exact: true }).fill("Aldgate & Sons");

  await signIn(page, "admin");
  await page.goto("/settings/sessions");
  const theirs = page.getByRole("region", { name: "Sessions" }).getByRole("row").filter({ hasText: words }).filter({ hasText: emailOf("account manager") });
  await theirs.getByRole("button", { name: /^Sign out/ }).click();
  await expect(theirs).toHaveCount(0);

  await other.getByRole("button", { name: "Create customer" }).click();
  await expect(other).toHaveURL("/sign-in");
  await expect(other.getByRole("main").getByRole("status")).toContainText("What you typed is kept");
  await enterCredentials(other, emailOf("account manager"), demoPassword());
  await expect(other).toHaveURL("/customers/new");
  await expect(other.getByRole("alert")).toContainText("You were signed out before this was sent");
  await expect(other.getByLabel("Company name", { exact: true })).toHaveValue("Aldgate & Sons");
  await other.context().close();
});

test("the sessions of others do not exist for a viewer", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/settings/profile");
  await expect(page.getByRole("navigation", { name: "Settings" }).getByRole("link")).toHaveText(["Profile", "Password", "Second factor"]);
  expect((await page.request.get("/settings/sessions")).status()).toBe(404);
});

const soon = "You will be signed out in less than 2 minutes";

/** Lets the page's clock run to two minutes before the end of the session. */
async function untilTheWarning(page: Page): Promise<void> {
  const asked = page.waitForResponse(/\/session$/);
  await page.clock.fastForward("28:30");
  await (await asked).finished();
}

test("the warning is given only where the server says the same, takes no focus and is answered by staying", { tag: "@javascript" }, async ({ page }) => {
  await page.clock.install();
  await signIn(page, "viewer");
  await page.goto("/customers");
  const typing = page.getByRole("main").getByLabel("Search", { exact: true });
  await typing.fill("Aldg");
  await untilTheWarning(page);
  await expect(page.getByText(soon), "the session was used elsewhere meanwhile").toHaveCount(0);

  // The page goes on asking every few seconds: only staying puts an end to the warning.
  let stayed = false;
  await page.route("**/api/stay_signed_in", (route) => {
    stayed = true;
    return route.continue();
  });
  await page.route("**/session", (route) => (stayed ? route.continue() : route.fulfill({ json: { left: 90, final: false } })));
  await untilTheWarning(page);
  const warning = page.getByRole("status").filter({ hasText: soon });
  await expect(warning).toBeVisible();
  await expect(typing).toBeFocused();
  await expect(typing).toHaveValue("Aldg");
  await expectAccessible(page);

  await warning.getByRole("button", { name: "Stay signed in" }).press("Enter");
  await expect(page.getByText(soon)).toHaveCount(0);
  await expect(typing).toHaveValue("Aldg");
});

test("at the last limit and after the end the page says how to go on, and asks no more", { tag: "@javascript" }, async ({ page }) => {
  await page.clock.install();
  await signIn(page, "viewer");
  await page.goto("/customers");
  await page.route("**/session", (route) => route.fulfill({ json: { left: 60, final: true } }));
  await untilTheWarning(page);
  const warning = page.getByRole("status").filter({ hasText: soon });
  await expect(warning.getByRole("link", { name: "Sign in anew" })).toHaveAttribute("target", "_blank");
  await expect(warning.getByRole("button")).toHaveCount(0);

  // Asked before that one, which stays: the page is never told anything else in between.
  let asked = 0;
  await page.route("**/session", (route) => {
    asked += 1;
    return route.fulfill({ json: { left: 0, final: false, over: true } });
  });
  await page.clock.fastForward("02:00");
  const over = page.getByRole("status").filter({ hasText: "You are signed out" });
  await expect(over.getByRole("link", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  const before = asked;
  await page.clock.runFor("10:00");
  expect(asked, "nobody has come back").toBe(before);

  // Somebody who signed in again in another tab comes back.
  await page.route("**/session", (route) => route.fulfill({ json: { left: 1_800, final: false } }));
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(over).toHaveCount(0);
});

test("a page whose session has ended asks without an error, and says so", { tag: "@javascript" }, async ({ page }) => {
  await page.clock.install();
  await signIn(page, "viewer");
  await page.goto("/");
  await page.context().clearCookies();
  // The stream that was open is closed, and asked for again as nobody.
  const told = page.waitForResponse((response) => response.url().includes("/events?") && response.status() === 204);
  await page.evaluate(() => {
    dispatchEvent(new Event("pagehide"));
    dispatchEvent(new Event("pageshow"));
  });
  await told;
  await untilTheWarning(page);
  await expect(page.getByRole("status").filter({ hasText: "You are signed out" })).toBeVisible();
});

/** Another browser, in which that person is signed in. */
async function signedIn(browser: Browser, baseURL: string | undefined, agent: string, role: Role): Promise<Page> {
  const context = await browser.newContext({ userAgent: agent, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}
