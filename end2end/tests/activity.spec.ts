import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectRefusal, signIn, test } from "../fixtures.js";

test("what somebody tried and may not do is found in the activity", async ({ page, problems, javaScriptEnabled }) => {
  await signIn(page, "viewer");
  await expectRefusal(page, problems, "/orders/migrate", 403);
  await page.goto("/");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, "account manager");
  await page.goto("/activity");
  await page.getByLabel("Attempts", { exact: true }).selectOption("Denied only");
  await page.getByLabel("Who", { exact: true }).selectOption("Vera Lindqvist");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/denied=only/);
  const attempt = entries(page).filter({ hasText: "/orders/migrate" }).first();
  await expect(attempt).toContainText("Vera Lindqvist");
  await expect(attempt).toContainText("was denied something");
  await expect(attempt).toContainText("A viewer may not place orders for new subscriptions");
  await expect(page.getByLabel("Attempts", { exact: true })).toHaveValue("only");
  if (javaScriptEnabled !== false) await expectAccessible(page);
});

test("the activity is filtered, and the filter is cleared again", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/activity");
  await page.getByLabel("What", { exact: true }).selectOption("Staff, roles and sign-ins");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/actions=staff/);
  // The newest may be anything that is done about staff in the other browser.
  await expect(entries(page).filter({ hasText: "signed in" }).first()).toBeVisible();
  for (const entry of await entries(page).all()) await expect(entry).not.toContainText("placed an order");
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill("no such thing 7f3a");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "No entry matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/activity$/);
  await expect(entries(page).first()).toBeVisible();
});

test("what is filtered is taken away as a file, and that is in the activity too", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/activity?actions=staff");
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(/^activity-\d{4}-\d{2}-\d{2}\.csv$/);
  const [header = "", ...rows] = (await readFile(await file.path())).toString().replace(/^\uFEFF/, "").trim().split(/\r\n/);
  expect(header).toMatch(/^position,hash,at,who,action,/);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toMatch(/,(staff|role)\./);
  await page.goto("/activity?actions=activity");
  await expect(entries(page).first()).toContainText("exported the activity");
});

/** The rows of the table, without its head. */
function entries(page: Page) {
  return page.getByRole("region", { name: "Activity" }).locator("tbody tr");
}
