import type { Page } from "@playwright/test";
import { emailOf, expect, expectAccessible, expectRefusal, signIn, test } from "../fixtures.js";
import { aPoNumber } from "../orders.js";

/** External ids are sent one after the other, behind whatever else the marketplace is asked at the time. */
const PATIENCE = 120_000;

type Customer = { id: string; name: string };

test("an account manager looks after a customer and finds them among their own", async ({ page }) => {
  await signIn(page, "account manager");
  const { id, name } = await aCustomer(page, 0);
  await page.goto(`/customers/${id}`);
  const panel = page.getByRole("region", { name: "Account managers" });
  await panel.getByText("Change account managers").click();
  await panel.getByLabel("Maya Castellan").check();
  await panel.getByLabel("Tomas Okafor").check();
  await panel.getByRole("button", { name: "Save account managers" }).click();
  await expect(panel.getByRole("list").first()).toContainText("Maya Castellan");
  await expect(panel.getByRole("list").first()).toContainText("Tomas Okafor");

  await page.goto("/");
  await page.getByRole("navigation", { name: "Whose customers" }).getByRole("link", { name: "My customers" }).click();
  await expect(page).toHaveURL(/\/\?mine=1$/);
  await page.getByRole("main").getByRole("link", { name: /^Customers/ }).click();
  await expect(page).toHaveURL(/\/customers\?mine=1$/);
  const row = page.getByRole("region", { name: "Customers" }).getByRole("row", { name: new RegExp(id) });
  await expect(row).toContainText("Maya Castellan, Tomas Okafor");
  await page.getByRole("main").getByLabel("Search", { exact: true }).fill(id);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page, "the filter keeps whose customers are shown").toHaveURL(/mine=1/);
  await expect(row).toContainText(name);

  for (const path of ["/subscriptions", "/orders"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "My customers", exact: true }).click();
    await expect(page).toHaveURL(`${path}?mine=1`);
    await expect(page.getByRole("link", { name: "My customers", exact: true })).toHaveAttribute("aria-current", "page");
  }
});

test("whoever looks after nobody is told how to be assigned customers", async ({ page }) => {
  await signIn(page, "viewer");
  for (const path of ["/", "/customers", "/subscriptions", "/orders"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "My customers", exact: true }).click();
    await expect(page.getByRole("heading", { name: "You look after no customer yet" })).toBeVisible();
    await expect(page.getByText("Ask an account manager or an admin")).toBeVisible();
    await page.getByRole("link", { name: "Show all" }).click();
    await expect(page).toHaveURL(path);
  }
});

test("a table is pasted, corrected, checked, applied and followed", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const [first, second] = [await aCustomer(page, 1), await aCustomer(page, 2)];
  const number = aPoNumber("N");
  await page.goto("/customers");
  await page.getByRole("link", { name: "Match in bulk" }).click();

  const csv = page.getByLabel("CSV", { exact: true });
  const rows = `${first.id};${number};${emailOf("account manager")}\n${second.id};fault:reset-after ${number};`;
  await csv.fill(`name;external id;account managers\n${rows}`);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page).toHaveTitle(/^Error: Match in bulk/);
  await expect(csv, "what was typed stays").toHaveValue(new RegExp(number));
  await expect(csv).toHaveAccessibleDescription(/names no column “customer”/);

  await csv.fill(`customer;external id;account managers\n${rows}\nno such customer;X;`);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page).toHaveURL(/\/customers\/matching\/[0-9a-f-]{36}$/);
  const table = page.getByRole("region", { name: "Rows of the table" });
  const refused = table.getByRole("row").filter({ hasText: "no such customer" });
  await expect(refused).toContainText("There is no customer with this id or name");
  await expect(table.getByRole("row").filter({ hasText: first.id })).toContainText("ready");
  if (javaScriptEnabled !== false) await expectAccessible(page);

  const failed = await page.request.get(`${page.url()}/failed.csv`);
  expect(await failed.text()).toContain("no such customer,X,,There is no customer");

  await page.getByRole("button", { name: /^Apply: 2 external ids/ }).click();
  const notice = page.getByText("Everything that could be applied is done");
  await expect(async () => {
    if (javaScriptEnabled === false) await page.reload();
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: PATIENCE });
  await expect(table.getByRole("row").filter({ hasText: second.id }), "although its answer was lost").toContainText("done");
  for (const [customer, expected] of [
    [first, number],
    [second, `fault:reset-after ${number}`],
  ] as const) {
    await page.goto(`/customers/${customer.id}`);
    await expect(page.getByRole("region", { name: "Facts" })).toContainText(expected);
  }
});

test("the export is the starting point: checked as it is, it changes nothing", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/customers/matching");
  const href = await page.getByRole("link", { name: "Download what is there now" }).getAttribute("href");
  const file = await page.request.get(href ?? "");
  expect(file.headers()["content-disposition"]).toMatch(/^attachment; filename="customers-/);
  // Other tests change customers meanwhile, so one customer is looked at, whom no test touches.
  const [head = "", ...lines] = (await file.text()).trim().split("\r\n");
  const untouched = lines.at(-1) ?? "";
  const buffer = Buffer.from(`${head}\r\n${untouched}`);
  await page.getByLabel("CSV file").setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("There is nothing to apply")).toBeVisible();
  await expect(page.getByRole("region", { name: "Rows of the table" })).toContainText("unchanged");
});

test("a technician sees that matching is not theirs to do", async ({ page, problems }) => {
  await signIn(page, "technician");
  await page.goto("/customers");
  await expect(page.getByRole("button", { name: "Match in bulk" })).toBeDisabled();
  await expect(page.getByText("Your role does not let you").first()).toBeVisible();
  await expectRefusal(page, problems, "/customers/matching", 403);
});

/** The nth customer of those that belong to this worker: tests that run at the same time never get the same one. */
async function aCustomer(page: Page, nth: number): Promise<Customer> {
  const { parallelIndex, config } = test.info();
  await page.goto("/customers");
  const links = await page.getByRole("region", { name: "Customers" }).locator("tbody a.row-link").all();
  const ours = links.filter((_, index) => index % config.workers === parallelIndex);
  const link = ours[nth];
  if (!link) throw new Error("there are too few customers");
  const id = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
  return { id, name: await link.innerText() };
}
