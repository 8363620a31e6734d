/**
 * Entry of `node --import threadloom/register` (`dist/register.mjs`): has Node load tests that explore functions. Where Node has
 * hooks that run in the thread itself (22.15, 23.5), those; before, hooks in a thread of their own.
 */
import * as module from "node:module";
import { loadSync, resolveSync } from "./node-hooks.ts";
import { noteTransforming } from "./transforming.ts";

noteTransforming();
const { registerHooks } = module as Partial<typeof module>;
if (registerHooks === undefined) module.register("./register-hooks.mjs", import.meta.url);
else registerHooks({ resolve: resolveSync, load: loadSync });
