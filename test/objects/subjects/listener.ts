/** A listener at which one thread accepts and the others connect; and the ports, which all take and free. */
import {
  CONNECTION_WORDS,
  ConnectionWord,
  listener,
  ListenerOperation as Operation,
  ListenerWord,
} from "../../../src/objects/listener.ts";
import { Head } from "../../../src/objects/object.ts";
import { ports, PortsOperation, PortsWord } from "../../../src/objects/ports.ts";
import { Carried } from "../../../src/objects/wire.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import { chain } from "../words.ts";

const ACCEPTOR = 0;
const MOST_CONNECTIONS = 3;

export function listenerSubject(carried: typeof Carried.CHOSEN | typeof Carried.TOLD): Subject {
  return {
    kind: listener,
    name: carried === Carried.CHOSEN ? "listener" : "listener (told)",
    create: (engine) => engine.create(listener, carried),
    moves(engine, at, thread) {
      const { words } = engine;
      const closed = words[at + ListenerWord.CLOSED] === 1;
      const choices = carried === Carried.CHOSEN ? [0, 1] : [0];
      const chosen = (name: string, operation: number): Move[] =>
        choices.map((choice) => ({
          name: `${name} #${choice}`,
          call: () => call(at, operation),
          choice,
        }));
      if (thread !== ACCEPTOR) {
        if (words[at + ListenerWord.MADE] >= MOST_CONNECTIONS) return [];
        return [
          {
            name: "connect",
            call: () => call(at, Operation.CONNECT, engine.allocate(CONNECTION_WORDS)),
          },
        ];
      }
      if (closed) return [{ name: "discard", call: () => call(at, Operation.DISCARD) }];
      return [
        ...chosen("accept", Operation.ACCEPT),
        ...chosen("tryAccept", Operation.TRY_ACCEPT),
        ...chosen("readable", Operation.READABLE),
        ...chosen("surely readable", Operation.SURELY_READABLE),
        { name: "close", call: () => call(at, Operation.CLOSE) },
      ];
    },
    waiting: () => 0,
    seen: ({ words }, at) => [
      chain(words, at + ListenerWord.FIRST, ConnectionWord.NUMBER),
      words[at + ListenerWord.MADE],
      words[at + ListenerWord.ARRIVED],
      words[at + ListenerWord.LATE],
      words[at + ListenerWord.CLOSED],
    ],
    answer({ words }, { operation, result }) {
      const gives =
        operation === Operation.ACCEPT ||
        operation === Operation.TRY_ACCEPT ||
        operation === Operation.DISCARD;
      return gives && result > 0 ? { connection: words[result + ConnectionWord.NUMBER] } : result;
    },
  };
}

/** Threads that have a listener, which was made right after the ports. */
const LISTENERS = 2;
const PORTS = [80, 8080];

export const portsSubject: Subject = {
  kind: ports,
  name: "ports",
  states: 60,
  create(engine) {
    const at = engine.create(ports);
    for (let made = 0; made < LISTENERS; made++) engine.create(listener, Carried.CHOSEN);
    return at;
  },
  moves({ words }, at, thread) {
    const mine = at + Head.OWN + ports.words + thread * (Head.OWN + listener.words);
    if (thread >= LISTENERS) {
      return PORTS.map((port) => ({
        name: `find ${port}`,
        call: () => call(at, PortsOperation.FIND, port),
      }));
    }
    if (words[mine + ListenerWord.PORT] === 0) {
      return [0, ...PORTS].map((port) => ({
        name: `bind ${port}`,
        call: () => call(at, PortsOperation.BIND, mine, port),
      }));
    }
    const isBound = listed(words, at).includes(mine);
    return isBound ? [{ name: "free", call: () => call(at, PortsOperation.FREE, mine) }] : [];
  },
  seen: ({ words }, at) => [
    listed(words, at)
      .map((one) => `${one}:${words[one + ListenerWord.PORT]}`)
      .sort(),
    words[at + PortsWord.LAST_GIVEN],
  ],
  answer: (_engine, { result }) => result,
};

function listed(words: Int32Array, at: number): number[] {
  const found: number[] = [];
  for (let one = words[at + PortsWord.FIRST]; one !== 0; one = words[one + ListenerWord.NEXT]) {
    found.push(one);
  }
  return found;
}
