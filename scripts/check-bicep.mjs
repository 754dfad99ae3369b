// Finds syntax errors in Bicep files without the Bicep compiler: node scripts/check-bicep.mjs [file ...], or all of infra/.
// It knows no types and no property names; `make bicep` runs the real compiler.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');

const given = process.argv.slice(2);
const files = given.length > 0 ? given : filesBelow(join(root, 'infra'));

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

const errors = files.flatMap(syntaxErrors);
errors.forEach(error => console.error(error));
console.log(`${files.length} Bicep files, ${errors.length} syntax errors`);
process.exit(errors.length > 0 || files.length === 0 ? 1 : 0);

function filesBelow(folder) {
    return readdirSync(folder, { recursive: true })
        .filter(name => name.endsWith('.bicep'))
        .map(name => join(folder, name))
        .sort();
}

function syntaxErrors(file) {
    const lines = [];
    const visit = node => {
        if (node.isError || node.isMissing) {
            const what = node.isMissing ? `${node.type} is missing` : `can't read: ${node.text.trim().split('\n')[0].slice(0, 60)}`;
            lines.push(`${relative(root, file)}:${node.startPosition.row + 1}: ${what}`);
        } else if (node.hasError) {
            node.children.forEach(visit);
        }
    };
    visit(parser.parse(readFileSync(file, 'utf8')).rootNode);
    return lines;
}
