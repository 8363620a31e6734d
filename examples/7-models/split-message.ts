// @threadloom
// @expect assertion
// A connection carries bytes, not messages. This server takes one `read` for one message, and is right nearly always: on a
// fast machine the three bytes arrive together. Exploring has the network cut them, and shows when it goes wrong.
import { assert, spawn, TcpListener, TcpStream } from "threadloom:std";

const listener = TcpListener.bind(0);
const { port } = listener;

const sender = spawn(
  () => {
    using stream = TcpStream.connect(port);
    stream.write(Uint8Array.of(1, 2, 3));
  },
  { name: "sender" },
);

{
  using served = listener.accept()!;
  const bytes = new Uint8Array(16);
  const count = served.read(bytes);
  assert(count === 3, "the whole message"); // loop until it is whole, instead
}
sender.join();
listener.close();
