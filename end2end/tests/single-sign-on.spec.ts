import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectRefusal, signIn, test } from "../fixtures.js";
import { press, tabTo, typeInto } from "../keyboard.js";

/** Somebody whom no other test knows; the provider puts them into the group before the dot. */
function somebody(group: string): string {
  return `${group}.${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
}

/** Says who one is on the provider's page. */
async function signInAtProvider(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Sign in at the provider" })).toBeVisible();
  await page.getByLabel("Name at the provider").fill(name);
  await page.getByRole("button", { name: "Go on" }).click();
}

test("by keyboard alone somebody whose group has a role signs in, and comes to the page they asked for", async ({ page, javaScriptEnabled }) => {
  const name = somebody("sales");
  await page.goto("/customers?search=a");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  if (javaScriptEnabled) await expectAccessible(page);
  await press(page, page.getByRole("link", { name: "Continue with single sign-on" }));
  await expect(page.getByLabel("Name at the provider")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/customers?search=a");
  await expect(page.getByRole("button", { name: `Account of Ida ${name}` })).toBeVisible();
  const activity = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" });
  await expect(activity, "an account manager sees it").toHaveCount(1);
});

test("somebody without a group that has a role is told so, and what to do", async ({ page, problems, javaScriptEnabled }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Continue with single sign-on" }).click();
  await signInAtProvider(page, somebody("strangers"));
  await expect(page.getByRole("heading", { level: 1, name: "You are not signed in" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("None of your groups");
  await expect(page.getByRole("alert")).toContainText("Reference");
  await expect(page).toHaveTitle(/^Error: You are not signed in/);
  if (javaScriptEnabled) await expectAccessible(page);
  await expect.poll(() => problems).toEqual([expect.stringContaining("status of 403")]);
  problems.length = 0;
  await page.getByRole("link", { name: "Go to the sign-in page" }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("who cancels at the provider is not signed in and can begin again", async ({ page, problems }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Continue with single sign-on" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert")).toContainText("it was cancelled there");
  await expect.poll(() => problems).toEqual([expect.stringContaining("status of 403")]);
  problems.length = 0;
});

test("an answer that was not asked for in this browser signs nobody in", async ({ page, problems }) => {
  await page.goto("/sign-in");
  await expectRefusal(page, problems, "/sign-in/oidc/return?state=made-up&code=made-up", 422);
  await expect(page.getByRole("alert")).toContainText("was begun in another browser");
});

test("the invited bind their account by their link, and stop using it once they have a password", async ({ page, browser, javaScriptEnabled }) => {
  const name = somebody("support");
  await signIn(page, "admin");
  await page.goto("/settings/staff");
  await page.getByLabel("Name", { exact: true }).fill(`Ida ${name}`);
  await page.getByLabel("Email", { exact: true }).fill(`${name}@elsewhere.example`);
  await page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Ida ${name}` })).toBeVisible();
  const link = await page.locator("#one-time-link").innerText();

  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  if (javaScriptEnabled) await expectAccessible(theirs);
  await press(theirs, theirs.getByRole("link", { name: "Continue with single sign-on" }));
  await signInAtProvider(theirs, name);
  await expect(theirs.getByRole("button", { name: `Account of Ida ${name}` })).toBeVisible();
  await theirs.goto("/settings/profile");
  const panel = theirs.getByRole("region", { name: "Single sign-on" });
  await expect(panel).toContainText(`${name}@aldgate.example`);
  if (javaScriptEnabled) await expectAccessible(theirs);
  await panel.getByRole("button", { name: "Stop using single sign-on" }).click();
  await expect(theirs.getByRole("alert")).toContainText("You have no password to sign in with");
  await context.close();
});

test("somebody with a password binds their account in their profile and signs in without it", async ({ page, browser, javaScriptEnabled }) => {
  const name = somebody("support");
  await signIn(page, "admin");
  await page.goto("/settings/staff");
  await page.getByLabel("Name", { exact: true }).fill(`Ida ${name}`);
  await page.getByLabel("Email", { exact: true }).fill(`${name}@elsewhere.example`);
  await page.getByLabel("Role", { exact: true }).selectOption("technician");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.locator("#one-time-link").innerText();

  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill("seven quiet otters");
  await theirs.getByRole("button", { name: "Set password" }).click();
  await typeInto(theirs, theirs.getByLabel("Password", { exact: true }), "seven quiet otters");
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: `Account of Ida ${name}` })).toBeVisible();
  await theirs.goto("/settings/profile");
  await tabTo(theirs, theirs.getByRole("link", { name: "Bind to single sign-on" }));
  await theirs.keyboard.press("Enter");
  await signInAtProvider(theirs, name);
  await expect(theirs).toHaveURL("/settings/profile");
  await expect(theirs.getByRole("main").getByRole("status")).toContainText("Your account is bound to single sign-on");

  await theirs.goto("/");
  await theirs.getByRole("button", { name: /^Account of/ }).click();
  await theirs.getByRole("button", { name: "Sign out", exact: true }).click();
  await theirs.getByRole("link", { name: "Continue with single sign-on" }).click();
  // The provider still knows them: signing out of Seatboard is no signing out there.
  await expect(theirs.getByRole("button", { name: `Account of Ida ${name}` })).toBeVisible();
  await context.close();
});
