import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectRefusal, signIn, test } from "../fixtures.js";
import { press, tabTo } from "../keyboard.js";
import { expectDone, follow } from "../orders.js";

test("a manager schedules a report, looks at it and downloads it as CSV", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/reports");
  await page.getByRole("link", { name: "Schedule report" }).click();
  await schedule(page, "CSV");
  await follow(page, "completed", javaScriptEnabled !== false);
  await expectDone(page, ["Submitted", "Processing", "Completed"]);

  const table = page.getByRole("region", { name: "Rows of this report" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  const heads = await table.getByRole("columnheader").allInnerTexts();
  expect(heads.length).toBeGreaterThan(2);
  const file = (await download(page, /\.csv$/)).toString();
  const [header = "", ...rows] = file.replace(/^\uFEFF/, "").trim().split(/\r?\n/);
  for (const head of heads.slice(1)) expect(header.toLowerCase()).toContain(head.toLowerCase());
  expect(rows.length).toBeGreaterThan(0);
});

test("a manager downloads a report as XLSX", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/reports/new");
  await schedule(page, "XLSX");
  await follow(page, "completed", javaScriptEnabled !== false);
  const file = await download(page, /\.xlsx$/);
  expect(file.subarray(0, 2).toString(), "a ZIP archive, which XLSX is").toBe("PK");
});

test("a report can be scheduled and downloaded with the keyboard alone", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/reports");
  await press(page, page.getByRole("link", { name: "Schedule report" }));
  await expect(page.getByRole("heading", { level: 1, name: "Schedule report" })).toBeVisible();
  const format = page.getByLabel("Format");
  await tabTo(page, format);
  await page.keyboard.type("JSON");
  await expect(format.locator("option:checked")).toHaveText("JSON");
  await press(page, page.getByRole("button", { name: "Schedule report" }));
  await expect(page).toHaveURL(/\/reports\/(?!new)[^/?]+$/);
  await follow(page, "completed", true);

  const begun = page.waitForEvent("download");
  await press(page, page.getByRole("link", { name: "Download" }));
  expect((await begun).suggestedFilename()).toMatch(/\.json$/);
});

test("a period that ends before it begins is refused beside its field", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/reports/new");
  await page.getByLabel("From", { exact: true }).fill("2026-02-10");
  await page.getByLabel("To", { exact: true }).fill("2026-02-01");
  await page.getByRole("button", { name: "Schedule report" }).click();
  await expect(page).toHaveTitle(/^Error: Schedule report/);
  await expect(page.getByRole("main").locator("[aria-invalid=true]")).toHaveCount(1);
  await expect(page.getByLabel("From", { exact: true })).toHaveValue("2026-02-10");
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("2026-02-01");
});

test("a viewer sees that reports exist, but not the costs in them", async ({ page, problems }) => {
  await signIn(page, "viewer");
  await page.goto("/reports?status=completed");
  await expect(page.getByRole("button", { name: "Schedule report" })).toBeDisabled();
  await page.getByRole("region", { name: "Reports" }).locator("tbody").getByRole("link").first().click();
  await expect(page.getByRole("button", { name: "Download" })).toBeDisabled();
  await expect(page.getByRole("region", { name: "Rows of this report" })).toHaveCount(0);
  const report = new URL(page.url()).pathname;
  const file = await page.request.get(`${report}/download`, { maxRedirects: 0 });
  expect(file.status()).toBe(403);
  await expectRefusal(page, problems, "/reports/new", 403);
});

/** Sends the form as it is prepared, but for the format. */
async function schedule(page: Page, format: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Schedule report" })).toBeVisible();
  await page.getByLabel("Format").selectOption(format);
  await page.getByRole("button", { name: "Schedule report" }).click();
  await expect(page).toHaveURL(/\/reports\/(?!new)[^/?]+$/);
}

async function download(page: Page, name: RegExp): Promise<Buffer> {
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(name);
  return readFile(await file.path());
}
