import { type Page } from "@playwright/test";
import { aName, fillInCustomer } from "../customers.js";
import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placed, placeOrder, priced } from "../orders.js";

/** Of a vendor that lets go in the first seven days of a term, and can be had for a month or a year. */
const SUITE = "Business Basic";
/** Of another vendor, and the name of the subscription that it makes. */
const BACKUP = "Backup 1 TB";
const BACKUP_SUBSCRIPTION = "Vaultline Backup";

/** Everything here is found by what the pages say: nobody told this person where things are. */
test("somebody new creates a customer, orders, switches, reduces, cancels, and finds all of it in the activity", async ({ page, javaScriptEnabled }) => {
  const scripted = javaScriptEnabled !== false;
  await signIn(page, "account manager");

  const customer = aName("Harbour Bakery");
  await page.getByRole("link", { name: "Customers", exact: true }).click();
  await page.getByRole("link", { name: "New customer" }).click();
  await fillInCustomer(page, customer, aName("K"));
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(customer);
  const home = page.url();

  await page.getByRole("link", { name: "New order", exact: true }).click();
  await addProduct(page, SUITE, new RegExp(`^Add ${SUITE}, 1 month`));
  await addProduct(page, BACKUP, new RegExp(`^Add ${BACKUP}`));
  await page.getByLabel("PO number").fill(aPoNumber());
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByLabel(/^Domain/).fill("harbour-bakery");
  await page.getByLabel(/^Region/).selectOption("us-west");
  await page.getByRole("button", { name: "Review" }).click();
  await priced(page, "");
  await expect(page.getByRole("heading", { name: "Estimate" })).toBeVisible();
  await placeOrder(page, "");
  await follow(page, "completed", scripted);

  await manage(page, home, SUITE, "Switch plan or term");
  await page.getByRole("radio", { name: /1 year/ }).first().check();
  await page.getByLabel("Term", { exact: true }).selectOption("Begin a new term with the switch");
  await page.getByRole("button", { name: "Review" }).click();
  await placeOrder(page, "switch");
  await follow(page, "completed", scripted);

  await manage(page, home, BACKUP_SUBSCRIPTION, "Change seats with the renewal");
  await page.getByLabel("Seats", { exact: true }).fill("4");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("main")).toContainText("5 → 4 seats");
  await placeOrder(page, "4 seats with the renewal");
  await follow(page, "processing", scripted);

  await manage(page, home, SUITE, "Cancel subscription");
  await expect(page.getByText(/takes it back until/), "it is inside the vendor's window").toBeVisible();
  await page.getByLabel("Customer's name").fill(customer);
  const cancel = page.getByRole("button", { name: /^Cancel the subscription/ });
  await cancel.click();
  await placed(page, () => cancel.click());
  await follow(page, "completed", scripted);

  await page.goto(home);
  await page.getByRole("region", { name: "Activity" }).getByRole("link", { name: "Show all" }).click();
  const activity = page.getByRole("region", { name: "Activity" });
  await expect(activity.getByText("created a customer")).toHaveCount(1);
  await expect(activity.getByText("placed an order")).toHaveCount(4);
  await expect(activity.getByText("saw an order completed")).toHaveCount(3);
});

/** Finds the product and puts five seats of it into the order. */
async function addProduct(page: Page, product: string, button: RegExp): Promise<void> {
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill(product);
  await page.getByRole("main").getByLabel("Search", { exact: true }).press("Enter");
  await page.getByRole("button", { name: button }).first().click();
  await page.getByRole("group", { name: product }).getByLabel("Seats", { exact: true }).fill("5");
}

/** From the customer's page to what can be done with one of their subscriptions. */
async function manage(page: Page, customer: string, subscription: string, act: string): Promise<void> {
  await page.goto(customer);
  await page.getByRole("region", { name: "Table of subscriptions" }).getByRole("link", { name: subscription }).click();
  await page.getByRole("region", { name: "Manage" }).getByRole("link", { name: act }).click();
}
