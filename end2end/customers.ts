import { type Page } from "@playwright/test";

/** Fills in everything that the form of a new customer demands. */
export async function fillInCustomer(page: Page, name: string, number: string): Promise<void> {
  await page.getByLabel("Company name").fill(name);
  await page.getByLabel("Your number").fill(number);
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

/** A name, and a number, that nobody else has. */
export function aName(what: string): string {
  return `${what} ${crypto.randomUUID().slice(0, 8)}`;
}
