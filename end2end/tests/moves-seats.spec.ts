import { expect, signIn, test } from "../fixtures.js";
import { follow, placeOrder } from "../orders.js";
import { aChangeableSubscription, expectSeats } from "../subscriptions.js";

test("a seat moves to a product with a longer term, in a new subscription", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page, "&vendor=Northwind+Cloud&term=short");
  await page.goto(`/subscriptions/${subscription.id}`);
  await page.getByRole("region", { name: "Manage" }).getByRole("link", { name: "Move seats to another product" }).click();
  const main = page.getByRole("main");
  await main.getByLabel("Search", { exact: true }).fill(subscription.name);
  await main.getByRole("button", { name: "Search" }).click();
  await page.getByRole("radio", { name: /, 1 year.*per seat and month/ }).first().check();
  await page.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 1}`);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveTitle(/^Error: Move seats to another product/);
  await expect(page.getByLabel("Seats", { exact: true }), "what was typed stays").toHaveValue(`${subscription.seats + 1}`);
  await page.getByLabel("Seats", { exact: true }).fill("1");
  await page.getByLabel("Into", { exact: true }).selectOption("A new subscription that ends with this one");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(main).toContainText("a new subscription, which ends with this one");
  await placeOrder(page, "move 1 seat");
  await follow(page, "completed", javaScriptEnabled !== false);
  if (subscription.seats > 1) await expectSeats(page, subscription, subscription.seats - 1);
});

test("a product is switched for another of its plan, with all seats", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page, "&search=Acrylic+Single+App");
  await page.goto(`/subscriptions/${subscription.id}/move`);
  const choice = page.getByRole("radio", { name: /Photo Editor|Page Layout|Vector Drawing/ }).first();
  const product = /Photo Editor|Page Layout|Vector Drawing/.exec(await choice.locator("..").innerText())?.[0] ?? "";
  await choice.check();
  await page.getByLabel("Into", { exact: true }).selectOption("This subscription");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("main")).toContainText("The seats stay in this subscription");
  await placeOrder(page, "move");
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(page.getByRole("region", { name: "Table of product lines" })).toContainText(product);
});
