// Parses and binds the queries of the alerts and of the workbook: a syntax error or a column that no table has fails here,
// and not on Azure. node scripts/check-kql.mjs, or with a query as its argument: that one, as Application Insights'.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
// Neither exports anything: they make the globals Bridge and Kusto.
require('@kusto/language-service-next/bridge.min');
require('@kusto/language-service-next/Kusto.Language.Bridge.min');
const { GlobalState, KustoCode, Symbols } = Kusto.Language;

const infra = join(dirname(fileURLToPath(import.meta.url)), '..', 'infra');
const tables = JSON.parse(readFileSync(join(infra, 'kql-tables.json'), 'utf8'));
const applicationInsights = scopeOf(Object.entries(tables.applicationInsights)
    .map(([name, columns]) => [name, { ...tables.ofEveryApplicationInsightsTable, ...columns }]));
const workspace = scopeOf(Object.entries(tables.workspace));

const given = process.argv.slice(2).map(text => ({ name: 'query', text, scope: applicationInsights }));
const queries = given.length > 0 ? given : [...queriesOfAlerts(), ...queriesOfWorkbook()];
const errors = queries.flatMap(errorsOf);
errors.forEach(error => console.error(error));
console.log(`${queries.length} queries, ${errors.length} errors`);
process.exit(errors.length > 0 || queries.length === 0 ? 1 : 0);

// From the snapshot, where parameters have values.
function* queriesOfAlerts() {
    const { predictedResources } = JSON.parse(readFileSync(join(infra, 'example.snapshot.json'), 'utf8'));
    for (const { name, properties } of predictedResources.filter(resource => resource.type === 'Microsoft.Insights/scheduledQueryRules')) {
        const scope = properties.scopes[0].includes('/Microsoft.OperationalInsights/workspaces/') ? workspace : applicationInsights;
        for (const { query } of properties.criteria.allOf) {
            yield { name: `alert ${name}`, text: query, scope };
        }
    }
}

function* queriesOfWorkbook() {
    const { items } = JSON.parse(readFileSync(join(infra, 'workbook.json'), 'utf8'));
    for (const { name, content } of items) {
        for (const { query } of [content, ...(content.parameters ?? [])]) {
            if (query) {
                yield { name: `workbook ${name}`, text: withSamples(query), scope: applicationInsights };
            }
        }
    }
}

// A workbook fills in its parameters as text: of a time range what is asked of it, of any other one a word.
function withSamples(query) {
    const samples = { grain: '1h', start: 'datetime(2026-01-01)', end: 'datetime(2026-01-02)' };
    return query
        .replace('{timeRange}', '> ago(1d)')
        .replace(/\{\w+:(grain|start|end)\}/g, (_, part) => samples[part])
        .replace(/\{\w+(?::\w+)?\}/g, 'sample');
}

function errorsOf({ name, text, scope }) {
    const diagnostics = Bridge.toArray(KustoCode.ParseAndAnalyze(text, scope).GetDiagnostics());
    return diagnostics
        .filter(diagnostic => diagnostic.Severity === 'Error')
        .map(diagnostic => `${name}: ${diagnostic.Message} At: ${text.slice(diagnostic.Start, diagnostic.Start + 60)}`);
}

// One database that has these tables, as strict as Kusto itself.
function scopeOf(schemas) {
    const symbols = schemas.map(([name, columns]) => {
        const schema = Object.entries(columns).map(([column, type]) => `['${column}']: ${type}`).join(', ');
        return Symbols.TableSymbol.From(`(${schema})`).WithName(name);
    });
    const database = new Symbols.DatabaseSymbol.ctor('logs', symbols);
    return GlobalState.Default.WithDatabase(database);
}
