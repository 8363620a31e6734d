/** A recording's bytes while somebody reads them, wherever they lie. Close it when done. */
export interface Recording {
  /** Fewer bytes than asked for only where the recording ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** All of it, as far as it has come. */
export async function wholeRecording(run: {
  open(): Promise<Recording>;
  readonly state: { readonly bytes: number };
}): Promise<Uint8Array> {
  const recording = await run.open();
  try {
    return await recording.read(0, run.state.bytes);
  } finally {
    await recording.close();
  }
}
