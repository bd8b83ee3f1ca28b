import { readFile } from "node:fs/promises";
import { expect, signIn, test } from "../fixtures.js";

test("a list is taken away as a file, as it is filtered and sorted", async ({ page }) => {
  await signIn(page, "account manager");
  // The catalogue is the same in every test.
  await page.goto("/catalogue/products?sort=name&order=reversed");
  const vendor = page.getByLabel("Vendor", { exact: true });
  await vendor.selectOption({ index: 1 });
  const chosen = await vendor.inputValue();
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/vendor=/);
  await page.waitForLoadState();
  const products = page.getByRole("region", { name: "Products" }).locator("tbody tr");
  const first = (await products.first().locator("td").first().innerText()).split("\n")[0] ?? "";
  const count = Number(/^([\d,]+) products?/m.exec(await page.getByRole("navigation", { name: "Pages" }).innerText())?.[1]?.replaceAll(",", ""));
  expect(count).toBeGreaterThan(0);

  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await begun;
  expect(await file.failure()).toBeNull();
  expect(file.suggestedFilename()).toMatch(/^products-\d{4}-\d{2}-\d{2}\.csv$/);
  const [header = "", ...rows] = (await readFile(await file.path())).toString().replace(/^\uFEFF/, "").trim().split(/\r\n/);
  expect(header).toMatch(/^id,mpn,vendor,name,/);
  expect(rows).toHaveLength(count);
  for (const row of rows) expect(row).toContain(chosen);
  expect(rows[0]).toContain(first);

  await page.goto("/activity?actions=lists");
  const entry = page.getByRole("region", { name: "Activity" }).locator("tbody tr").first();
  await expect(entry).toContainText("exported a list");
});
