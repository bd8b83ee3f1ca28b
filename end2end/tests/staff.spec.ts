import type { Page } from "@playwright/test";
import { enterCredentials, expect, expectAccessible, signIn, test } from "../fixtures.js";
import { press, tabTo, typeInto } from "../keyboard.js";

const PASSWORD = "seven quiet otters";

/** Somebody whom no other test knows. */
function somebody(title: string): { name: string; email: string } {
  const id = `${title}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  return { name: `Ida ${id}`, email: `${id}@aldgate.example` };
}

test("by keyboard alone an admin invites, and the invited set a password and sign in", async ({ page, browser, javaScriptEnabled }) => {
  const ida = somebody("keyboard");
  await signIn(page, "admin");
  await page.goto("/settings/staff");
  await typeInto(page, page.getByLabel("Name", { exact: true }), ida.name);
  await typeInto(page, page.getByLabel("Email", { exact: true }), ida.email);
  await tabTo(page, page.getByLabel("Role", { exact: true }));
  await page.keyboard.press("ArrowDown");
  await press(page, page.getByRole("button", { name: "Invite", exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: ida.name })).toBeVisible();
  const link = await page.locator("#one-time-link").innerText();
  if (javaScriptEnabled) await expectAccessible(page);

  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("main")).toContainText(ida.email);
  await expect(theirs.getByRole("main")).toContainText("technician");
  if (javaScriptEnabled) await expectAccessible(theirs);
  // The page begins with the focus in the field.
  await expect(theirs.getByLabel("New password")).toBeFocused();
  await theirs.keyboard.type("too short");
  await theirs.keyboard.press("Enter");
  await expect(theirs).toHaveTitle(/^Error: Welcome to Seatboard/);
  if (javaScriptEnabled) await expectAccessible(theirs);
  await press(theirs, theirs.getByRole("alert").getByRole("link", { name: /at least 12 characters/ }));
  await expect(theirs.getByLabel("New password")).toBeFocused();
  await expect(theirs.getByLabel("New password")).toHaveAccessibleDescription(/at least 12 characters/);
  await theirs.keyboard.type(PASSWORD);
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("main").getByRole("status")).toContainText("Your password is set");
  await expect(theirs.getByLabel("Email", { exact: true })).toHaveValue(ida.email);
  await typeInto(theirs, theirs.getByLabel("Password", { exact: true }), PASSWORD);
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: `Account of ${ida.name}` })).toBeVisible();

  const used = await theirs.goto(link);
  expect(used?.status()).toBe(404);
  await expect(theirs.getByRole("heading", { level: 1, name: "This link cannot be used" })).toBeVisible();
  await context.close();
});

test("a refused invitation keeps what was typed and leads to what is wrong", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "admin");
  await page.goto("/settings/staff");
  await page.getByLabel("Name", { exact: true }).fill("Ida Novak");
  await page.getByLabel("Email", { exact: true }).fill("admin@seatboard.example");
  await page.getByLabel("Role", { exact: true }).selectOption("account_manager");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page).toHaveTitle(/^Error: Staff/);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Ida Novak");
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("account_manager");
  await page.getByRole("alert").getByRole("link", { name: /already signs in with this address/ }).click();
  await expect(page.getByLabel("Email", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Email", { exact: true })).toHaveAccessibleDescription(/already signs in with this address/);
  if (javaScriptEnabled) await expectAccessible(page);
});

test("who is disabled is out at once; who gets another role has it at once", async ({ page, browser, javaScriptEnabled }) => {
  const ida = somebody("disabled");
  await signIn(page, "admin");
  const link = await invite(page, ida);
  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await enterCredentials(theirs, ida.email, PASSWORD);
  const activity = theirs.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" });
  await expect(activity).toHaveCount(0);

  await page.getByLabel("Role", { exact: true }).selectOption("account_manager");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("account_manager");
  await theirs.goto("/");
  await expect(activity).toHaveCount(1);

  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByRole("button", { name: "Enable", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a reset link" })).toBeDisabled();
  if (javaScriptEnabled) await expectAccessible(page);
  await theirs.goto("/customers");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await enterCredentials(theirs, ida.email, PASSWORD);
  await expect(theirs.getByRole("alert")).toContainText("do not match");
  await context.close();
});

test("somebody changes their own password and stays signed in", async ({ page, browser, javaScriptEnabled }) => {
  const ida = somebody("password");
  await signIn(page, "admin");
  const link = await invite(page, ida);
  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await enterCredentials(theirs, ida.email, PASSWORD);
  await theirs.goto("/settings/password");
  await theirs.getByLabel("Current password").fill("not the password");
  await theirs.getByLabel("New password").fill("four loud herons");
  await theirs.getByRole("button", { name: "Change password", exact: true }).click();
  await expect(theirs.getByRole("alert")).toContainText("This is not the password you have");
  if (javaScriptEnabled) await expectAccessible(theirs);
  await theirs.getByLabel("Current password").fill(PASSWORD);
  await theirs.getByLabel("New password").fill("four loud herons");
  await theirs.getByRole("button", { name: "Change password", exact: true }).click();
  await expect(theirs.getByRole("main").getByRole("status")).toContainText("Your password is changed");
  await theirs.goto("/customers");
  await expect(theirs.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await context.close();
});

/** Invites a viewer, stays on their page, and answers with the link. */
async function invite(page: Page, who: { name: string; email: string }): Promise<string> {
  await page.goto("/settings/staff");
  await page.getByLabel("Name", { exact: true }).fill(who.name);
  await page.getByLabel("Email", { exact: true }).fill(who.email);
  await page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: who.name })).toBeVisible();
  return page.locator("#one-time-link").innerText();
}
