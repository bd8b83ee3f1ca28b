import { type Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";

/** A name that no other test uses. */
function aName(): string {
  return `Harbour Bakery ${test.info().project.name} ${Date.now().toString(36)}`;
}

async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Company name").fill(name);
  await page.getByLabel("Your number").fill(`K-${name.length}-${Date.now()}`);
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

test("a customer is created, edited, held and released, and the activity tells it", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/customers");
  await page.getByRole("link", { name: "New customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New customer");
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const name = aName();
  await fillIn(page, name);
  await page.getByRole("button", { name: "Create customer" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("link", { name: "+44 117 4960123" })).toHaveAttribute("href", "tel:+441174960123");
  const customer = page.url();

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("group", { name: "Contact person 1" }).getByLabel("Telephone")).toHaveValue("+44 117 4960123");
  await page.getByLabel("City").fill("Bath");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page).toHaveURL(customer);
  await expect(page.getByText("BS1 5TT Bath")).toBeVisible();

  await page.getByRole("link", { name: "Hold", exact: true }).click();
  await page.getByRole("button", { name: "Put on credit hold" }).click();
  await expect(page).toHaveURL(customer);
  await expect(page.getByText("Only active customers can order.")).toBeVisible();
  await page.getByRole("link", { name: "Release", exact: true }).click();
  await page.getByRole("button", { name: "Release from credit hold" }).click();
  await expect(page.getByRole("link", { name: "New order" })).toBeVisible();

  await page.goto("/activity");
  for (const done of ["created a customer", "changed a customer", "put a customer on credit hold", "released a customer"]) {
    await expect(page.getByRole("main").getByText(done).first()).toBeVisible();
  }
});

test("a refused customer keeps what was typed, names each field, and makes no second one of the same name", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/customers/new");
  const name = aName();
  await fillIn(page, name);
  await page.getByLabel("Telephone").first().fill("call me");
  await page.getByLabel("Postal code").fill("");
  await page.getByRole("button", { name: "Create customer" }).click();

  await expect(page).toHaveTitle(/^Error: New customer/);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("link")).toHaveText([/postal code/, /no telephone number/]);
  await expect(page.getByLabel("Company name")).toHaveValue(name);
  await expect(page.getByLabel("Telephone").first()).toHaveValue("call me");
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByLabel("Telephone").first().fill("+44 117 496 0123");
  await page.getByLabel("Postal code").fill("BS1 5TT");
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const first = page.url();

  await page.goto("/customers/new");
  await fillIn(page, name);
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("alert")).toContainText("of this name or number already");
  await expect(page.getByRole("main").getByRole("link", { name })).toHaveAttribute("href", new URL(first).pathname);
  await page.getByLabel("This is another customer; create it").check();
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  expect(page.url()).not.toBe(first);
});

test("a viewer is told why customers cannot be edited", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/customers");
  await expect(page.getByRole("button", { name: "New customer" })).toBeDisabled();
  await expect(page.getByText(/does not let you create and edit customers/)).toBeVisible();
});
