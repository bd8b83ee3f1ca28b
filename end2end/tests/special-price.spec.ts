import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placeOrder } from "../orders.js";

/** Seat-based and without activation parameters in the stand-in's price list. */
const PRODUCT = "Office 2026 licence";

test("a special price is agreed in a new order and stays with the subscription", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/customers?status=active");
  await page.getByRole("region", { name: "Customers" }).locator("tbody").getByRole("link").first().click();
  await page.getByRole("link", { name: "New order", exact: true }).click();
  const main = page.getByRole("main");
  await main.getByLabel("Search", { exact: true }).fill(PRODUCT);
  await main.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: `Add ${PRODUCT}` }).first().click();
  await page.getByLabel("Seats", { exact: true }).fill("4");
  // Without it this would be the same order as that of the browser that was here before.
  await page.getByLabel("PO number").fill(aPoNumber());
  await page.getByLabel("Special price per seat").fill("4,25");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByLabel("Special price per seat"), "what was typed stays").toHaveValue("4,25");
  await page.getByLabel("Special price per seat").fill("4.25");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(main).toContainText("Special price: 4.25 per seat");
  await placeOrder(page, "4 seats, 17.00 USD now");
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.reload();
  await main.locator("a[href^='/subscriptions/']").click();
  await expect(page.getByRole("region", { name: "Table of product lines" })).toContainText("4.25");
});
