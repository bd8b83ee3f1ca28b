import { expect, test, type Page } from "@playwright/test";

/** A subscription with one product line, as its pages show it. */
export type Subscription = {
  id: string;
  name: string;
  customer: string;
  customerId: string;
  seats: number;
  /** The most seats it can have. */
  most: number;
};

/** Seats a test may add. */
const ROOM = 10;

/** Days that go by at the stand-in during a run, and one more: its clock runs sixty times as fast as ours. */
const DAYS_OF_A_RUN = 3;

/**
 * An active subscription whose seats can be changed now, with room for ten more, of a customer who can order, and whose term does
 * not end during the run. Tests that run at the same time never get the same one. Signed in as somebody who may change seats.
 * `filter` is added to the list's query.
 */
export async function aChangeableSubscription(page: Page, filter = ""): Promise<Subscription> {
  let list: string | null = `/subscriptions?status=active${filter}`;
  while (list) {
    await page.goto(list);
    const ids = (await lastSegments(page, "/subscriptions/")).filter(isOurs);
    const next = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next" });
    list = (await next.count()) > 0 ? await next.getAttribute("href") : null;
    for (const id of ids) {
      const subscription = await ifChangeable(page, id);
      if (subscription) return subscription;
    }
  }
  throw new Error("there is no subscription whose seats can be changed");
}

/** Checks the seats that the subscription's page shows. */
export async function expectSeats(page: Page, subscription: Subscription, seats: number): Promise<void> {
  await page.goto(`/subscriptions/${subscription.id}`);
  await expectLineSeats(page, seats);
}

/** Checks the seats of the only product line of the subscription whose page this is. */
export async function expectLineSeats(page: Page, seats: number): Promise<void> {
  const line = page.getByRole("region", { name: "Table of product lines" }).locator("tbody").getByRole("row");
  await expect(line).toHaveCount(1);
  await expect(line.getByRole("cell").nth(1)).toHaveText(seats.toLocaleString("en"));
}

async function ifChangeable(page: Page, id: string): Promise<Subscription | undefined> {
  await page.goto(`/subscriptions/${id}`);
  const change = page.getByRole("link", { name: "Change seats", exact: true });
  if ((await change.count()) === 0) return undefined;
  if ((await page.getByText("takes orders of active customers only").count()) > 0) return undefined;
  // What a test that failed left behind: one change for the renewal at a time.
  if ((await page.locator("#others").getByText(/with the renewal|waits for the renewal/).count()) > 0) return undefined;
  if (endsDuringTheRun(await page.getByRole("region", { name: "Facts" }).innerText())) return undefined;
  const name = await page.getByRole("heading", { level: 1 }).innerText();
  await change.click();
  const seats = Number(await page.getByLabel("Seats", { exact: true }).inputValue());
  const most = Number(/to (\d+) seats/.exec(await page.locator("#seats-limits").innerText())?.[1]);
  if (!(seats + ROOM <= most)) return undefined;
  const owner = page.getByRole("main").locator("a[href^='/customers/']").first();
  const customerId = (await owner.getAttribute("href"))?.split("/").at(-1) ?? "";
  return { id, name, customer: await owner.innerText(), customerId, seats, most };
}

/** Whether the facts name a day on which the term ends or renews that may come before the tests are through. */
function endsDuringTheRun(facts: string): boolean {
  const day = /(?:Renews by itself|Ends|Up for renewal) on (\d+ \w+ \d+)/.exec(facts)?.[1];
  return day !== undefined && Date.parse(`${day} UTC`) < Date.now() + DAYS_OF_A_RUN * 24 * 60 * 60 * 1000;
}

/** Each worker has its own share of the ids; in one worker tests follow each other. */
function isOurs(id: string): boolean {
  const { parallelIndex, config } = test.info();
  const sum = [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return sum % config.workers === parallelIndex;
}

async function lastSegments(page: Page, folder: string): Promise<string[]> {
  const links = await page.getByRole("main").locator(`tbody a[href^='${folder}']`).all();
  const targets = await Promise.all(links.map((link) => link.getAttribute("href")));
  return targets.flatMap((target) => target?.split("/").at(-1) ?? []);
}
