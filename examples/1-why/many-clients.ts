// @threadloom
//
// Many clients at the same time. Each is a task: forty of them wait for the slow part of their answers together, on the two
// threads of one runtime, where forty threads would each have waited for themselves. Look how few lanes there are, and how many
// tasks take turns on them. A semaphore admits ten to the database at a time, so that it is not overrun.
import { channel, oneshot, Runtime, Semaphore, sleep, spawn } from "threadloom:async";
import { exploring } from "threadloom:check";
import { assert } from "threadloom:std";

interface Request {
  readonly client: number;
  readonly reply: { send(answer: string): void };
}

const CLIENTS = exploring() ? 1 : 40;

using runtime = new Runtime({ threads: 2 });
const [connect, accepted] = channel<Request>(8);
const database = new Semaphore(10);

const server = runtime.spawn(
  async () => {
    let served = 0;
    for await (const { client, reply } of accepted) {
      served++;
      spawn(async () => {
        using _ = await database.acquire();
        await sleep(2); // the query
        reply.send(`hello, client ${client}`);
      });
    }
    return served;
  },
  { name: "server" },
);

const clients = Array.from({ length: CLIENTS }, (_, client) => {
  const connection = connect.clone();
  return runtime.spawn(async () => {
    const [reply, answer] = oneshot<string>();
    await connection.send({ client, reply });
    return answer;
  });
});
connect.drop();

const everything = async () => {
  const answers: string[] = [];
  for (const client of clients) answers.push(await client);
  return { answers, served: await server };
};
const { answers, served } = runtime.blockOn(everything());
console.log(`${served} clients served; the last one heard "${answers.at(-1)}"`);
assert(answers.every((answer, client) => answer === `hello, client ${client}`));
