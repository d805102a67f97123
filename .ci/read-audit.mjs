/** Reads what `npm audit --json` printed: exit code 1 for a weakness of high severity or worse. */

let text = "";
for await (const chunk of process.stdin) text += chunk;

const report = parsed(text);
if (report?.auditReportVersion === undefined) {
  process.stdout.write("audit: the registry offers none here\n");
} else {
  const { high = 0, critical = 0 } = report.metadata?.vulnerabilities ?? {};
  process.stdout.write(`audit: ${high} of high, ${critical} of critical severity\n`);
  process.exitCode = high + critical > 0 ? 1 : 0;
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
