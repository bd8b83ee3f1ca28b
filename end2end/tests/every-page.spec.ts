import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";

type Place = {
  name: string;
  /** Its path, or with `open` that of the list whose first row leads to it. */
  path: string;
  /** What follows the path that the first row leads to. */
  open?: string;
  status?: number;
};

const places: Place[] = [
  { name: "Overview", path: "/" },
  { name: "Overview of one's own customers", path: "/?mine=1" },
  { name: "Search", path: "/search" },
  { name: "What a search finds", path: "/search?q=an" },
  { name: "A search that finds nothing", path: "/search?q=no+such+thing+7f3a" },
  { name: "Customers", path: "/customers" },
  { name: "New customer", path: "/customers/new" },
  { name: "Edit customer", path: "/customers?status=active", open: "/edit" },
  { name: "Hold customer", path: "/customers?status=active", open: "/hold" },
  { name: "Match in bulk", path: "/customers/matching" },
  { name: "Customer", path: "/customers?status=active", open: "" },
  { name: "Subscriptions", path: "/subscriptions" },
  { name: "Subscription", path: "/subscriptions?status=active", open: "" },
  { name: "Change seats", path: "/subscriptions?status=active", open: "/seats" },
  { name: "Change seats with the renewal", path: "/subscriptions?status=active", open: "/seats-at-renewal" },
  { name: "Switch plan or term", path: "/subscriptions?status=active&vendor=Northwind+Cloud", open: "/switch" },
  { name: "Move seats", path: "/subscriptions?status=active&vendor=Northwind+Cloud", open: "/move" },
  { name: "Renew now", path: "/subscriptions?status=active", open: "/renew" },
  { name: "Cancel subscription", path: "/subscriptions?status=active", open: "/cancel" },
  { name: "Automatic renewal", path: "/subscriptions?status=active", open: "/auto-renewal" },
  { name: "Special price", path: "/subscriptions?status=active", open: "/price" },
  { name: "Attributes", path: "/subscriptions?status=active", open: "/attributes" },
  { name: "Products", path: "/catalogue/products" },
  { name: "Plans", path: "/catalogue/plans" },
  { name: "Plan", path: "/catalogue/plans", open: "" },
  { name: "Orders", path: "/orders" },
  { name: "Order", path: "/orders?type=sales", open: "" },
  { name: "New order", path: "/orders/new" },
  { name: "Migrate a subscription", path: "/orders/migrate" },
  { name: "Drafts", path: "/drafts" },
  { name: "Reports", path: "/reports" },
  { name: "Report", path: "/reports?status=completed&format=csv", open: "" },
  { name: "Schedule report", path: "/reports/new" },
  { name: "Resellers", path: "/resellers" },
  { name: "Reseller", path: "/resellers", open: "" },
  { name: "New reseller", path: "/resellers/new" },
  { name: "Edit reseller", path: "/resellers", open: "/edit" },
  { name: "Customers of resellers", path: "/customers?reseller=all" },
  { name: "Activity", path: "/activity" },
  { name: "API console", path: "/console" },
  { name: "Approvals", path: "/approvals" },
  { name: "Rules for approvals", path: "/settings/approvals" },
  { name: "Connection", path: "/settings/connection" },
  { name: "Staff", path: "/settings/staff" },
  { name: "Staff member", path: "/settings/staff", open: "" },
  { name: "Password", path: "/settings/password" },
  { name: "Sessions", path: "/settings/sessions" },
  { name: "Profile", path: "/settings/profile" },
  { name: "Second factor", path: "/settings/second-factor" },
  { name: "Confirm it is you", path: "/prove" },
  { name: "A page that is not there", path: "/no-such-page", status: 404 },
];

for (const place of places) {
  test(`${place.name}: accessible, whole and quiet at every width, in light and dark`, { tag: "@javascript" }, async ({ page, problems }) => {
    // Four looks of the accessibility checker at a page full of rows.
    test.slow();
    await signIn(page, "admin");
    const path = await pathOf(page, place);
    await expectGoodEverywhere(page, problems, path, place.status ?? 200);
    await expectSkipLink(page);
  });

  test(`${place.name}: whole without JavaScript`, { tag: "@no-javascript" }, async ({ page, problems }) => {
    await signIn(page, "admin");
    await expectGood(page, problems, await pathOf(page, place), place.status ?? 200);
  });
}

test("Sign-in: accessible, whole and quiet at every width, in light and dark", { tag: "@javascript" }, async ({ page, problems }) => {
  await expectGoodEverywhere(page, problems, "/sign-in", 200);
});

test("A link that cannot be used: accessible, whole and quiet at every width, in light and dark", { tag: "@javascript" }, async ({ page, problems }) => {
  await expectGoodEverywhere(page, problems, "/welcome?token=nonsense", 404);
});

/** Opens the page wide and narrow, looks at it in light and dark, and narrows it to the least width. */
async function expectGoodEverywhere(page: Page, problems: string[], path: string, status: number): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await expectGood(page, problems, path, status);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await test.step(`${width} px, ${colorScheme}`, () => expectAccessible(page));
    }
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
}

/** Opens the page and checks that it answers, has one title and one heading, and that nothing it loads is missing. */
async function expectGood(page: Page, problems: string[], path: string, status: number): Promise<void> {
  const missing: string[] = [];
  const note = (response: { url(): string; status(): number }) => {
    if (response.status() >= 400 && !response.url().endsWith(path)) missing.push(`${response.status()} ${response.url()}`);
  };
  page.on("response", note);
  const answer = await page.goto(path, { waitUntil: "load" });
  page.off("response", note);
  expect(answer?.status(), path).toBe(status);
  expect(missing).toEqual([]);
  await expect(page).toHaveTitle(/^[^·]+ · Seatboard$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  if (status < 400) return;
  await expect.poll(() => problems).toEqual([expect.stringContaining(`status of ${status} `)]);
  problems.length = 0;
}

async function expectSkipLink(page: Page): Promise<void> {
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await skip.focus();
  await expect(skip, "it shows when it has the focus").toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
}

/** Tables may scroll inside their own region; the page may not. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content, "the page is no wider than the window").toBeLessThanOrEqual(window);
}

async function pathOf(page: Page, { path, open }: Place): Promise<string> {
  if (open === undefined) return path;
  await page.goto(path);
  const first = page.getByRole("main").locator("tbody").getByRole("link").first();
  return `${await first.getAttribute("href")}${open}`;
}
