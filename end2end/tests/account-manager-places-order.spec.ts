import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures.js";
import { press, typeInto } from "../keyboard.js";
import { aPoNumber, expectDone, follow, ORDER_STEPS, placed, placeOrder, priced } from "../orders.js";
import { expectLineSeats } from "../subscriptions.js";

/** Seat-based and without activation parameters in the stand-in's price list. */
const PRODUCT = "Office 2026 licence";

test("an account manager orders a new subscription for a client", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const customer = await openActiveCustomer(page);
  await page.getByRole("link", { name: "New order", exact: true }).click();
  await addProduct(page);
  const po = aPoNumber();
  await page.getByLabel("Seats", { exact: true }).fill("11");
  await page.getByLabel("PO number").fill(po);
  await page.getByRole("button", { name: "Review" }).click();

  await expect(page.getByRole("main")).toContainText(customer.name);
  await expect(page.getByRole("main")).toContainText("11 seats");
  await expect(page.getByRole("main")).toContainText(po);
  await priced(page, "");
  await expect(page.getByRole("heading", { name: "Estimate" })).toBeVisible();
  await placeOrder(page, "");
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.reload();
  await expectDone(page, ORDER_STEPS);
  await expect(page.getByRole("main")).toContainText(po);

  const subscription = page.getByRole("main").locator("a[href^='/subscriptions/']");
  const path = (await subscription.getAttribute("href")) ?? "";
  await subscription.click();
  await expectLineSeats(page, 11);
  await page.goto(`/customers/${customer.id}`);
  await expect(page.getByRole("main").locator(`a[href='${path}']`).first()).toBeVisible();
});

test("a new order can begin with the customer, and nothing typed is lost on the way", async ({ page }) => {
  await signIn(page, "account manager");
  const customer = await openActiveCustomer(page);
  await page.goto("/orders");
  await page.getByRole("link", { name: "New order", exact: true }).click();
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill(customer.name);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await page.getByRole("row", { name: customer.id }).getByRole("link", { name: /^Choose/ }).click();
  await expect(page.getByRole("button", { name: "Review" })).toBeDisabled();
  const po = aPoNumber();
  await page.getByLabel("PO number").fill(po);
  await addProduct(page);
  await expect(page.getByLabel("PO number"), "adding a product keeps the rest").toHaveValue(po);
  await page.getByLabel("Seats", { exact: true }).fill("0");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveTitle(/^Error: New order/);
  await expect(page.getByLabel("Seats", { exact: true })).toHaveValue("0");
  await expect(page.getByLabel("Seats", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("PO number")).toHaveValue(po);
  await page.reload();
  await expect(page.getByLabel("PO number"), "the state is in the address").toHaveValue(po);
});

test("a new order can be placed with the keyboard alone", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "account manager");
  await openActiveCustomer(page);
  const main = page.getByRole("main");
  await press(page, page.getByRole("link", { name: "New order", exact: true }));
  await typeInto(page, main.getByLabel("Search", { exact: true }), PRODUCT);
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("button", { name: new RegExp(`^Add ${PRODUCT}`) }).first());

  const seats = page.getByLabel("Seats", { exact: true });
  await expect(seats, "the seats of what was added are typed next").toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("12");
  const po = aPoNumber();
  await typeInto(page, page.getByLabel("PO number"), po);
  await page.keyboard.press("Enter");

  await expect(main).toContainText("12 seats");
  await expect(main).toContainText(po);
  const place = await priced(page, "");
  await press(page, place);
  await placed(page, () => press(page, place));
  await follow(page, "completed", true);
});

async function addProduct(page: Page): Promise<void> {
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill(PRODUCT);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: new RegExp(`^Add ${PRODUCT}`) }).first().click();
  await expect(page.getByRole("group", { name: new RegExp(PRODUCT) })).toBeVisible();
}

/** Opens the page of the first customer who may order. */
async function openActiveCustomer(page: Page): Promise<{ id: string; name: string }> {
  await page.goto("/customers?status=active");
  await page.getByRole("region", { name: "Customers" }).locator("tbody").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/customers\/[^/?]+$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  return { id, name: await page.getByRole("heading", { level: 1 }).innerText() };
}
