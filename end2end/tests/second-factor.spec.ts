import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { enterCredentials, expect, expectAccessible, signIn, test } from "../fixtures.js";
import { press, tabTo, typeInto } from "../keyboard.js";

const PASSWORD = "seven quiet otters";

test("by keyboard alone somebody sets up a second factor and signs in with a code, and with a recovery code", async ({ page, browser, javaScriptEnabled }) => {
  const id = `${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  const ida = { name: `Ida factor-${id}`, email: `factor-${id}@aldgate.example` };
  await signIn(page, "admin");
  const link = await invite(page, ida);
  const member = page.url();
  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await enterCredentials(theirs, ida.email, PASSWORD);

  await theirs.goto("/settings/second-factor");
  if (javaScriptEnabled) await expectAccessible(theirs);
  await press(theirs, theirs.getByRole("button", { name: "Set up", exact: true }));
  await expect(theirs.getByRole("img", { name: "QR code of the key" })).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(theirs);
  const key = await theirs.locator("#factor-key").innerText();
  await typeInto(theirs, theirs.getByLabel("Code", { exact: true }), "letters");
  await theirs.keyboard.press("Enter");
  await expect(theirs).toHaveTitle(/^Error: Second factor/);
  await expect(theirs.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/not the code that the app shows now/);
  await typeInto(theirs, theirs.getByLabel("Code", { exact: true }), code(key, 0));
  await theirs.keyboard.press("Enter");
  const codes = theirs.getByRole("region", { name: "Recovery codes" });
  await expect(codes).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(theirs);
  const recovery = (await codes.innerText()).trim().split("\n");
  expect(recovery).toHaveLength(10);

  await signOut(theirs);
  await enterCredentials(theirs, ida.email, PASSWORD);
  await expect(theirs.getByRole("heading", { level: 1, name: "Enter your code" })).toBeVisible();
  await expect(theirs.getByLabel("Code", { exact: true })).toBeFocused();
  if (javaScriptEnabled) await expectAccessible(theirs);
  await theirs.keyboard.type("letters");
  await theirs.keyboard.press("Enter");
  await expect(theirs).toHaveTitle(/^Error: Enter your code/);
  await press(theirs, theirs.getByRole("alert").getByRole("link", { name: /not right/ }));
  await expect(theirs.getByLabel("Code", { exact: true })).toBeFocused();
  // The code that confirmed it is used up, and the next one is taken half a minute early.
  await theirs.keyboard.type(code(key, 1));
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: `Account of ${ida.name}` })).toBeVisible();

  await signOut(theirs);
  await enterCredentials(theirs, ida.email, PASSWORD);
  await tabTo(theirs, theirs.getByText("I do not have my phone"));
  await theirs.keyboard.press("Enter");
  await typeInto(theirs, theirs.getByLabel("Recovery code", { exact: true }), recovery[0] ?? "");
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: `Account of ${ida.name}` })).toBeVisible();
  await theirs.goto("/settings/second-factor");
  await expect(theirs.getByRole("main")).toContainText("Recovery codes left");
  await expect(theirs.getByRole("definition").filter({ hasText: /^9$/ })).toHaveCount(1);

  await page.goto(member);
  await page.getByRole("button", { name: "Remove second factor" }).click();
  await expect(page.getByRole("button", { name: "Remove second factor" })).toBeDisabled();
  await theirs.goto("/customers");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await enterCredentials(theirs, ida.email, PASSWORD);
  await expect(theirs.getByRole("button", { name: `Account of ${ida.name}` })).toBeVisible();
  await context.close();
});

/** What an app with that key shows so many steps of 30 seconds from now (RFC 6238). */
function code(key: string, steps: number): string {
  const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/\s/g, "")].map((symbol) => symbols.indexOf(symbol).toString(2).padStart(5, "0")).join("");
  const bytes = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(step).digest();
  const word = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

/** Signs out by the menu of the top bar. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

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
