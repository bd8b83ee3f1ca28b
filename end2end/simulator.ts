import { expect, type APIRequestContext } from "@playwright/test";

/** Makes the stand-in marketplace answer every call with 503, for everybody. */
export async function takeDown(request: APIRequestContext): Promise<void> {
  await control(request, "down", { mode: "maintenance" });
}

/** Ends that. */
export async function bringUp({ request }: { request: APIRequestContext }): Promise<void> {
  await control(request, "up", {});
}

async function control(request: APIRequestContext, act: string, data: object): Promise<void> {
  const marketplace = process.env.MARKETPLACE_URL;
  if (!marketplace) throw new Error("MARKETPLACE_URL is not set: the test needs the stand-in marketplace");
  const response = await request.post(new URL(`/control/${act}`, marketplace).href, { data });
  expect(response.ok(), `the stand-in marketplace did not go ${act}`).toBe(true);
}
