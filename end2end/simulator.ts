import { expect, type APIRequestContext } from "@playwright/test";

/** Makes the stand-in marketplace answer every call with 503, for everybody. */
export async function takeDown(request: APIRequestContext): Promise<void> {
  await control(request, "down", { mode: "maintenance" });
}

/** Ends that. */
export async function bringUp({ request }: { request: APIRequestContext }): Promise<void> {
  await control(request, "up", {});
}

/** What connects the stand-in marketplace. */
export type Connection = { url: string; code: string; username: string; password: string; key: string };

/** The connection of the stand-in marketplace that the server's environment names too. */
export function connection(): Connection {
  return {
    url: variable("MARKETPLACE_URL"),
    code: variable("MARKETPLACE_CODE"),
    username: variable("MARKETPLACE_USERNAME"),
    password: variable("MARKETPLACE_PASSWORD"),
    key: variable("MARKETPLACE_SUBSCRIPTION_KEY"),
  };
}

async function control(request: APIRequestContext, act: string, data: object): Promise<void> {
  const response = await request.post(new URL(`/control/${act}`, variable("MARKETPLACE_URL")).href, { data });
  expect(response.ok(), `the stand-in marketplace did not go ${act}`).toBe(true);
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the test needs the stand-in marketplace`);
  return value;
}
