import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures.js";

/** The lists that can be searched, with a column to sort by that is not sorted at first. */
const lists = [
  { path: "/customers", region: "Customers", column: "Status" },
  { path: "/subscriptions", region: "Subscriptions", column: "Seats" },
  { path: "/orders", region: "Orders", column: "Status" },
  { path: "/catalogue/products", region: "Products", column: "Price" },
  { path: "/resellers", region: "Resellers", column: "Status" },
  { path: "/reports", region: "Reports", column: "Status" },
];

/** Customers that other tests create meanwhile come behind all other active ones, past the pages that are looked at twice. */
const GROWS_AT_THE_END = "/customers?sort=status";

for (const { path, region, column } of lists) {
  test(`${path} is sorted by its column heads, one way and the other`, async ({ page }) => {
    await signIn(page, "admin");
    await page.goto(path);
    const head = page.getByRole("columnheader", { name: column, exact: true });
    await expect(page.locator("th[aria-sort]"), "one column is sorted by").toHaveCount(1);
    await head.getByRole("link").click();
    await expect(head).toHaveAttribute("aria-sort", /ascending|descending/);
    const first = await head.getAttribute("aria-sort");
    await head.getByRole("link").click();
    await expect(head).toHaveAttribute("aria-sort", first === "ascending" ? "descending" : "ascending");
    await expect(page.locator("th[aria-sort]")).toHaveCount(1);
    await page.goBack();
    await expect(head).toHaveAttribute("aria-sort", first ?? "");
  });

  test(`${path} says so when nothing matches, and all comes back`, async ({ page }) => {
    await signIn(page, "admin");
    await page.goto(path);
    const before = await rows(page, region).count();
    await page.getByRole("main").getByLabel("Search", { exact: true }).fill("no such thing 7f3a");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/search=no\+such\+thing\+7f3a/);
    await expect(page.getByRole("heading", { level: 2, name: /matches$/ })).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
    await page.getByRole("link", { name: "Clear all" }).click();
    await expect(page.getByRole("link", { name: "Clear all" })).toHaveCount(0);
    // Other tests add to the lists meanwhile, and take nothing away.
    await expect.poll(() => rows(page, region).count()).toBeGreaterThanOrEqual(before);
  });
}

test("a filter keeps the sorting, and the address keeps both", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/customers?sort=name&order=reversed");
  await page.getByLabel("Status").selectOption("active");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/status=active/);
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
  const shown = await names(page, "Customers");
  for (const row of await rows(page, "Customers").all()) await expect(row).toContainText("active");
  await page.goto(page.url());
  expect(await names(page, "Customers"), "a shared link shows the same").toEqual(shown);
  await expect(page.getByLabel("Status")).toHaveValue("active");
});

test("the next page goes on where this one ended, and the previous one comes back", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto(GROWS_AT_THE_END);
  const pager = page.getByRole("navigation", { name: "Pages" });
  await expect(pager.getByRole("link", { name: "Previous" })).toHaveCount(0);
  const first = await names(page, "Customers");
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager.getByRole("link", { name: "Previous" })).toBeVisible();
  const second = await names(page, "Customers");
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((name) => first.includes(name)), "nobody is shown twice").toEqual([]);
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => names(page, "Customers")).toEqual(first);
  await page.goBack();
  await expect.poll(() => names(page, "Customers"), "the browser's back is the page before").toEqual(second);
});

test("every customer is on exactly one page", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto(GROWS_AT_THE_END);
  const pager = page.getByRole("navigation", { name: "Pages" });
  const seen = await names(page, "Customers");
  while ((await pager.getByRole("link", { name: "Next" }).count()) > 0) {
    const shown = await names(page, "Customers");
    await pager.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => names(page, "Customers")).not.toEqual(shown);
    seen.push(...(await names(page, "Customers")));
  }
  // As the last page counts them: what it shows was there then.
  const total = Number(/^([\d,]+) customers/.exec(await pager.innerText())?.[1]?.replaceAll(",", ""));
  expect(seen.length).toBe(total);
  expect(new Set(seen).size).toBe(total);
});

test("a damaged page link leads to the first page", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/customers");
  const first = await names(page, "Customers");
  await page.goto("/customers?page=damaged&sort=nonsense");
  expect(await names(page, "Customers")).toEqual(first);
});

function rows(page: Page, region: string) {
  return page.getByRole("region", { name: region, exact: true }).locator("tbody").getByRole("row");
}

/** The first cell of each row: the name with the id. Of the whole page: after a click it may still be coming. */
async function names(page: Page, region: string): Promise<string[]> {
  await page.waitForLoadState();
  return rows(page, region).locator("td:first-child").allInnerTexts();
}
