import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";

/** Opens the first of the two resellers that the stand-in marketplace begins with, and tells its name. */
async function openReseller(page: Page): Promise<string> {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Resellers", exact: true }).click();
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill("PARTNER-001");
  await page.getByRole("button", { name: "Filter" }).click();
  await rows(page, "Resellers").first().getByRole("link").click();
  await expect(page).toHaveURL(/\/resellers\/\d+$/);
  return page.getByRole("heading", { level: 1 }).innerText();
}

function rows(page: Page, region: string) {
  return page.getByRole("region", { name: region, exact: true }).locator("tbody").getByRole("row");
}

/** What the list's footer counts. It comes last: after a click the page may not be whole yet. */
async function count(page: Page): Promise<number> {
  await page.waitForLoadState();
  const text = await page.getByRole("navigation", { name: "Pages" }).innerText();
  return Number(/([\d,]+) /.exec(text)?.[1]?.replaceAll(",", ""));
}

async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Company name").fill(name);
  await page.getByLabel("Language").selectOption("en_US");
  await page.getByLabel("Street and number").fill("1 Harbour Road");
  await page.getByLabel("Postal code").fill("BS1 5TT");
  await page.getByLabel("City").fill("Bristol");
  await page.getByLabel("Country").selectOption({ label: "United Kingdom" });
  const contact = page.getByRole("group", { name: "Contact person 1" });
  await contact.getByLabel("First name").fill("Rosa");
  await contact.getByLabel("Last name").fill("Marsh");
  await contact.getByLabel("E-mail").fill("rosa@harbour.example");
  await contact.getByLabel("Telephone").fill("0117 496 0123");
}

/** A name that no other test uses. */
function aName(what: string): string {
  return `${what} ${test.info().project.name} ${Date.now().toString(36)}`;
}

test("a reseller's page leads to its customers and its orders, and says what is not told", async ({ page }) => {
  await signIn(page, "viewer");
  const name = await openReseller(page);
  const reseller = page.url();
  await expect(page.getByRole("region", { name: "Subscriptions" })).toContainText("Not told by the marketplace");
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("Vertex");

  await page.getByRole("region", { name: "Customers" }).getByRole("link", { name: /^Show all/ }).click();
  await expect(page).toHaveURL(/\/customers\?reseller=\d+$/);
  await expect(page.getByLabel("Reseller")).toHaveValue(/^\d+$/);
  await page.waitForLoadState();
  for (const row of await rows(page, "Customers").all()) await expect(row).toContainText(name);
  await rows(page, "Customers").first().getByRole("link").click();
  await expect(page.getByRole("main")).toContainText("are not told by the marketplace");
  await page.getByRole("region", { name: "Facts" }).getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(reseller);

  await page.getByRole("region", { name: "Recent orders" }).getByRole("link", { name: "Show as a list" }).click();
  await expect(page).toHaveURL(/\/orders\?reseller=\d+$/);
  await page.waitForLoadState();
  for (const row of await rows(page, "Orders").all()) await expect(row).toContainText(name);
});

test("lists show the account's own until a reseller or all are chosen", async ({ page }) => {
  await signIn(page, "viewer");
  const name = await openReseller(page);
  for (const [path, region] of [["/customers", "Customers"], ["/orders", "Orders"]] as const) {
    await page.goto(path);
    const own = await count(page);
    await expect(rows(page, region).filter({ hasText: name })).toHaveCount(0);
    await page.getByLabel("Reseller").selectOption({ label: name });
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/reseller=\d+/);
    const theirs = await count(page);
    expect(theirs).toBeGreaterThan(0);
    await page.getByLabel("Reseller").selectOption({ label: "All" });
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/reseller=all/);
    expect(await count(page), "the second reseller has some, too").toBeGreaterThan(own + theirs);
  }
});

test("an admin creates a reseller, edits it and gives it a customer", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "admin");
  await page.goto("/resellers");
  await page.getByRole("link", { name: "New reseller" }).click();
  const name = aName("Harbour Partners");
  await fillIn(page, name);
  await page.getByRole("button", { name: "Create reseller" }).click();

  await expect(page).toHaveTitle(/^Error: New reseller/);
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([/three letters/]);
  await expect(page.getByLabel("Company name"), "what was typed is still there").toHaveValue(name);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByLabel("Currency").fill("gbp");
  await page.getByLabel("Taxation provider").fill("Vertex");
  await page.getByRole("button", { name: "Create reseller" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("GBP");
  const reseller = page.url();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("City").fill("Bath");
  await page.getByRole("button", { name: "Save reseller" }).click();
  await expect(page).toHaveURL(reseller);
  await expect(page.getByText("BS1 5TT Bath")).toBeVisible();

  await page.getByRole("link", { name: "New customer", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`New customer of ${name}`);
  const customer = aName("Harbour Bakery");
  await fillIn(page, customer);
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(customer);
  await expect(page.getByRole("region", { name: "Facts" }).getByRole("link", { name, exact: true })).toBeVisible();
  await page.goto(`/customers?search=${encodeURIComponent(customer)}`);
  await expect(page.getByRole("heading", { name: "No customer matches" }), "it is not the account's own").toBeVisible();
  await page.getByRole("link", { name: "Look among the customers of resellers, too" }).click();
  await expect(page.getByRole("link", { name: customer, exact: true })).toBeVisible();

  await page.goto("/activity");
  for (const done of ["created a reseller", "changed a reseller"]) {
    await expect(page.getByRole("main").getByText(done).first()).toBeVisible();
  }
});

test("an account manager is told who may create and edit resellers", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/resellers");
  await expect(page.getByRole("button", { name: "New reseller" })).toBeDisabled();
  await openReseller(page);
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeDisabled();
  await expect(page.getByText(/does not let you create and edit resellers/)).toBeVisible();
  await expect(page.getByRole("link", { name: "New customer", exact: true }), "customers they may create").toBeVisible();
});
