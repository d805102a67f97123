/** Programs whose output goes into a pipe. */

/**
 * Ends the program quietly when whoever reads its output has read enough, as `| head` does: Node would
 * end it with a stack trace. Any other error of the stream is thrown as before.
 */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}
