// Reads a YAML file and writes it as JSON, or says what is wrong where: node scripts/yaml-to-json.mjs <file>
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';

const [file] = process.argv.slice(2);
const lineCounter = new LineCounter();
const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, prettyErrors: false });

const errors = [...document.errors, ...document.warnings];
errors.forEach(error => console.error(`${file}:${lineCounter.linePos(error.pos[0]).line}: ${error.message}`));
if (errors.length > 0) {
    process.exit(1);
}
console.log(JSON.stringify(document.toJS()));
