// @threadloom
// The same variable, one thread and one process: the thread adds to the variable that main has, the process to a copy of it,
// made when it was started. What the process has to tell, it sends.
import { Process, spawn } from "threadloom:std";

/** @shared */ let count = 0;

function addTen(): number {
  for (let i = 0; i < 10; i++) count++;
  return count;
}

spawn(addTen).join();
console.log(`after a thread has added ten: ${count}`);

const child = Process.spawn<number>((parent) => parent.send(addTen()));
console.log(`the process has ${child.recv()}, and ended with ${child.wait().code}`);
console.log(`after a process has added ten: ${count}`);
