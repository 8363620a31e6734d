// @threadloom
//
// Actors: each has a state that nobody else sees and a mailbox, and handles one message after another. The account needs no lock.
// A clerk that fails is begun anew by its own rule; the bank goes on.
import { actor, type ActorRef, type Context } from "threadloom:actors";
import { spawn } from "threadloom:std";

type Order = { kind: "deposit"; amount: number } | { kind: "balance" };

const account = actor(
  {
    state: () => ({ balance: 0 }),
    receive(state: { balance: number }, order: Order, context: Context<Order>) {
      if (order.kind === "balance") context.reply(state.balance);
      else state.balance += order.amount;
    },
    mailbox: 2, // `tell` waits while it is full
  },
  { name: "account" },
);

const clerk = actor(
  {
    state: () => 0,
    receive(handled: number, amount: number, context: Context<number>) {
      if (amount < 0) throw new RangeError("nobody deposits less than nothing");
      account.tell({ kind: "deposit", amount });
      context.reply(handled + 1);
      return handled + 1;
    },
    onFailure: "restart",
  },
  { name: "clerk" },
);

const customers = [10, 20, 30].map((amount) =>
  spawn(() => account.tell({ kind: "deposit", amount })),
);
for (const customer of customers) customer.join();
console.log("handled", clerk.ask<number>(40));
clerk.tell(-1);
console.log("handled", clerk.ask<number>(50));

const balanceOf = (of: ActorRef<Order>) => of.ask<number>({ kind: "balance" });
console.log("balance", balanceOf(account));
clerk.stop();
account.stop();
clerk.join();
account.join();
