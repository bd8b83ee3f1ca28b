import { expect, signIn, test } from "../fixtures.js";

test("pages allow only scripts that carry the nonce of this answer", async ({ page }) => {
  await signIn(page, "viewer");
  const nonces = new Set<string>();
  for (const path of ["/", "/customers", "/sign-in"]) {
    const response = await page.goto(path);
    const policy = directives((await response?.headerValue("content-security-policy")) ?? "");
    const nonce = /'nonce-([^']{16,})'/.exec(policy.get("script-src") ?? "")?.[1];
    expect(nonce, path).toBeTruthy();
    nonces.add(nonce ?? "");
    expect([...policy.values()].join(" "), path).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(policy.get("default-src"), path).toBe("'self'");
    for (const closed of ["object-src", "base-uri", "frame-ancestors"]) expect(policy.get(closed), closed).toBe("'none'");
    expect(policy.get("form-action"), path).toBe("'self'");
  }
  expect(nonces.size, "a nonce is used once").toBe(3);
});

test("no page is kept by a cache, and no answer is taken for another type", async ({ page }) => {
  await signIn(page, "viewer");
  for (const path of ["/", "/customers", "/sign-in", "/no-such-page"]) {
    const response = await page.request.get(path);
    expect(response.headers(), path).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
  }
  for (const path of ["/favicon.svg", "/session", "/activity/export.csv", "/healthz"]) {
    const response = await page.request.get(path);
    expect(response.headers()["x-content-type-options"], path).toBe("nosniff");
    expect(response.headers()["content-security-policy"], path).toContain("default-src 'none'");
  }
});

test("a form posted from another site does nothing", async ({ page, baseURL }) => {
  await signIn(page, "viewer");
  const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "https://elsewhere.example" }, { origin: "null" }, {}];
  for (const headers of foreign) {
    const response = await page.request.post("/api/sign_out", { headers, maxRedirects: 0 });
    expect(response.status(), JSON.stringify(headers)).toBe(403);
  }
  await page.goto("/customers");
  await expect(page, "still signed in").toHaveURL(`${baseURL}/customers`);
});

test("without a session there are no facts, only the way to sign in", async ({ request }) => {
  for (const path of ["/customers", "/subscriptions", "/orders", "/reports", "/catalogue/products", "/no-such-page"]) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(303);
    expect(response.headers()["location"], path).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect(await response.text(), path).toBe("");
  }
  const call = await request.post("/api/estimate_seats", { form: { subscription: "1", line: "1", seats: "2" }, maxRedirects: 0 });
  expect(call.status()).toBe(401);
});

/** A policy's directives by name. */
function directives(policy: string): Map<string, string> {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name = "", ...values]) => [name, values.join(" ")]));
}
