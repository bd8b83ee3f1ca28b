import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";
import { press, tabTo, typeInto } from "../keyboard.js";
import { aPoNumber, follow, placed, priced } from "../orders.js";

/** Asks for a region, one of three. */
const BACKUP = "Backup 1 TB";
/** Asks for an e-mail address. */
const ARCHIVE = "Mail archive mailbox";

test("two products with activation parameters are ordered, with a value refused on the way", async ({ page, javaScriptEnabled }) => {
  const scripted = javaScriptEnabled !== false;
  await signIn(page, "account manager");
  await openNewOrder(page);
  for (const product of [BACKUP, ARCHIVE]) await addProduct(page, product);
  const po = aPoNumber();
  await typeInto(page, page.getByLabel("PO number"), po);
  await page.keyboard.press("Enter");

  const main = page.getByRole("main");
  await expect(main.getByRole("group", { name: BACKUP })).toBeVisible();
  await tabTo(page, page.getByLabel(/^Region/));
  await page.keyboard.type("us-w");
  await typeInto(page, page.getByLabel(/^Admin email/), "nobody");
  await page.keyboard.press("Enter");

  await expect(page).toHaveTitle(/^Error: New order/);
  const email = page.getByLabel(/^Admin email/);
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email, "a refused value stays").toHaveValue("nobody");
  await expect(page.getByRole("alert")).toContainText("This is not an e-mail address.");
  await expect(page.getByLabel(/^Region/)).toHaveValue("us-west");
  if (scripted) await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel(/^Admin email/), "it survives a reload").toHaveValue("nobody");
  await typeInto(page, page.getByLabel(/^Admin email/), "it@client.example");
  await page.keyboard.press("Enter");

  await priced(page, "");
  await expect(page.getByRole("heading", { name: "Estimate" })).toBeVisible();
  await expect(main).toContainText("us-west");
  await expect(main).toContainText("it@client.example");
  expect(page.url(), "what was entered is not in the address").not.toContain("client.example");
  await page.goBack();
  await page.goForward();
  await expect(main, "and survives the back button").toContainText("it@client.example");
  const place = await priced(page, "");
  await press(page, place);
  await placed(page, () => press(page, place));
  await follow(page, "completed", scripted);
  await expect(main).toContainText(po);
});

async function openNewOrder(page: Page): Promise<void> {
  await page.goto("/customers?status=active");
  await page.getByRole("region", { name: "Customers" }).locator("tbody").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/customers\/[^/?]+$/);
  await press(page, page.getByRole("link", { name: "New order", exact: true }));
}

async function addProduct(page: Page, product: string): Promise<void> {
  // The search is above the lines already there: Tab would have to go round the whole page.
  await page.getByRole("main").getByLabel("Search", { exact: true }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(product);
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("button", { name: new RegExp(`^Add ${product}`) }).first());
  const line = page.getByRole("group", { name: product });
  await expect(line.getByLabel("Seats", { exact: true }), "the seats of what was added are typed next").toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("10");
}
