/** Entry of the hooks for a Node that has them in a thread of their own only (`dist/register-hooks.mjs`). */
import type { LoadHook, ResolveHook } from "node:module";
import { prepared, resolved } from "./node-hooks.ts";

export const resolve: ResolveHook = async (specifier, context, next) =>
  resolved(specifier, context.conditions) ?? next(specifier, context);

export const load: LoadHook = async (url, context, next) => prepared(url, await next(url, context));
