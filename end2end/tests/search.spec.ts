import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";

type Customer = { id: string; name: string };

/** The first customer of the list. */
async function aCustomer(page: Page): Promise<Customer> {
  await page.goto("/customers?status=active");
  const first = page.getByRole("main").locator("tbody").getByRole("link").first();
  const path = (await first.getAttribute("href")) ?? "";
  return { id: path.split("/").at(-1) ?? "", name: await first.innerText() };
}

/** The search over the page, opened by its shortcut. */
async function openSearch(page: Page): Promise<{ dialog: Locator; field: Locator; count: Locator }> {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search everything" });
  const field = dialog.getByLabel("Search for");
  await expect(field).toBeFocused();
  return { dialog, field, count: dialog.getByRole("status") };
}

test("the keyboard alone leads from any page to a customer", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "viewer");
  const customer = await aCustomer(page);
  await page.goto("/orders");
  const { dialog, field, count } = await openSearch(page);
  await page.keyboard.type(customer.id);
  await expect(count).toContainText("1 customer");
  await page.keyboard.press("ArrowDown");
  const found = dialog.getByRole("link", { name: customer.name, exact: true });
  await expect(found).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(field).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/customers/${customer.id}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(customer.name);
});

test("the first arrow leads to the first that was found, not to the list of all", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "viewer");
  const { id } = await aCustomer(page);
  const { dialog, field } = await openSearch(page);
  // Ids begin alike, so there are more than are shown.
  await page.keyboard.type(id.slice(0, 4));
  const all = dialog.getByRole("link", { name: /^All [\d,]+ in Customers$/ });
  await expect(all).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("listitem").first().getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(field).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(all).toBeFocused();
});

test("the search over a page fits a phone, is accessible, and gives the focus back", { tag: "@javascript" }, async ({ page }) => {
  // Four looks of the accessibility checker.
  test.slow();
  await signIn(page, "viewer");
  const customer = await aCustomer(page);
  const before = page.getByRole("main").getByLabel("Search", { exact: true });
  await before.focus();
  const { dialog, field, count } = await openSearch(page);
  await field.fill(customer.name);
  await expect(count).toContainText("customer");
  await expect(dialog.getByRole("link", { name: customer.name, exact: true }).first()).toBeVisible();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await test.step(`${width} px, ${colorScheme}`, () => expectAccessible(page));
    }
    const wider = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wider, `nothing is cut off at ${width} px`).toBe(0);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(before).toBeFocused();
});

test("Enter in the search over a page leads to the page of the search", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/orders");
  await page.getByRole("banner").getByRole("link", { name: "Search" }).click();
  const dialog = page.getByRole("dialog", { name: "Search everything" });
  await expect(dialog.getByRole("link", { name: "Profile", exact: true }), "pages, before anything is typed").toBeVisible();
  await dialog.getByLabel("Search for").fill("second factor");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=second\+factor$/);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("main").getByLabel("Search for"), "which has a field of its own").toBeFocused();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Second factor" })).toBeVisible();
});

test("an answer to what was typed before does not take the place of a newer one", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/orders");
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/\/search\?q=settings$/, async (route) => {
    await held;
    await route.continue();
  });
  const { dialog, field } = await openSearch(page);
  const asked = page.waitForRequest(/\/search\?q=settings$/);
  await field.fill("settings");
  await asked;
  await field.fill("profile");
  await expect(dialog.getByRole("link", { name: "Profile", exact: true })).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Password", exact: true })).toHaveCount(0);
  const late = page.waitForResponse(/\/search\?q=settings$/);
  release();
  await (await late).finished();
  await expect(dialog.getByRole("link", { name: "Profile", exact: true })).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Password", exact: true })).toHaveCount(0);
});

test("the link in the top bar leads to the search, which finds a customer by a name with a slip, too", { tag: "@no-javascript" }, async ({ page }) => {
  await signIn(page, "viewer");
  const customer = await aCustomer(page);
  await page.goto("/orders");
  await page.getByRole("banner").getByRole("link", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/search$/);
  const main = page.getByRole("main");
  await main.getByLabel("Search for").fill(customer.id);
  await main.getByRole("button", { name: "Search" }).click();
  await expect(main.getByRole("link", { name: customer.name, exact: true })).toBeVisible();

  await main.getByLabel("Search for").fill(customer.name.replace(/[a-z]/, "$&$&"));
  await main.getByRole("button", { name: "Search" }).click();
  await expect(main.getByText("these are close")).toBeVisible();
  await main.getByRole("link", { name: customer.name, exact: true }).first().click();
  await expect(page).toHaveURL(new RegExp(`/customers/${customer.id}$`));
});
