# make run     the relay, a simulated Klaviyo and simulated helpdesks, on this machine
# make demo    in a second terminal: a story of conversations and rows, and what Klaviyo recorded of them; JSON=1
# make test    every test: the dashboard's need Chromium or Chrome, and the SQL source's PostgreSQL. Both are installed where apt-get
#              can; without them their tests are skipped, unless RELAY_BROWSER=required
# make test-unit    the tests that start no other program and are quick
# make test-faults  the fault tests in full: CONVERSATIONS=1000, ONLY=killed,drain, JSON=1
# make worlds  the whole relay in simulated worlds: SEED=7 tells one world step by step, HOURS=8760 plays a year
# make mutants plants bugs into copies of the relay and tells which world finds each: ONLY="no-second-look wrong-reason"
# make stryker changes how events are received, relayed and kept, one small change at a time, and tells which no test notices
# make fuzz    mutated webhooks against adapters, verifiers and the local host: SECONDS=60, FUZZ_SEED
# make bench   what the relay costs and how fast it is: ONLY=floor-bulk,deliver-bulk, FULL=1, JSON=1
# make check   format, build and test
# make publish the Azure Functions app, into publish/app
# make test-published  the worker's tests against publish/app
# make sbom    lists of the packages of publish/app (CycloneDX), after make publish
# make bicep   what the Bicep compiler says about infra/, and Kusto's parser about its queries; part of the tests
# make snapshot what infra/ makes, written down anew after it has changed

CONFIGURATION := Release
BIN = bin/$(CONFIGURATION)/net10.0

.PHONY: run ready demo test test-unit chromium postgres shellcheck test-faults worlds mutants stryker fuzz bench check publish test-published sbom bicep snapshot compiler build clean

run: ready node_modules/.package-lock.json build
	@scripts/run $(CONFIGURATION)

demo: build
	@. scripts/ports && dotnet KlaviyoRelay.Simulator/$(BIN)/KlaviyoRelay.Simulator.dll demo $(if $(JSON),--json)

ready:
	@scripts/ready

# Most processes of the tests live for seconds, so measuring their code to compile it better costs more than it brings.
# One compiler process builds all projects: each new process would have to load and compile the analyzers again.
# It ends before the tests.
test: export DOTNET_TieredPGO = 0
test: node_modules/.package-lock.json chromium postgres shellcheck
	@echo "1 of 2: building everything, with analyzers. This takes minutes the first time."
	dotnet build KlaviyoRelay.sln -c $(CONFIGURATION) --nologo -p:UseSharedCompilation=true
	@dotnet build-server shutdown --vbcscompiler > /dev/null
	@echo "2 of 2: running the tests. The first count comes in 10 s."
	@node scripts/test.mjs KlaviyoRelay.Tests/$(BIN)/KlaviyoRelay.Tests.dll --logger trx --results-directory TestResults

# Tests that start no other program and try no thousands of cases. A class that does has the trait Takes.
test-unit: export DOTNET_TieredPGO = 0
test-unit:
	@echo "Building the tests, without analyzers." >&2
	@dotnet build KlaviyoRelay.Tests -c $(CONFIGURATION) --nologo -v quiet -p:RunAnalyzers=false -p:UseSharedCompilation=true >&2
	@dotnet KlaviyoRelay.Tests/$(BIN)/KlaviyoRelay.Tests.dll -noLogo \
		$(foreach part,Browser Cli CommandLine Contracts Dashboard EndToEnd Faults Fuzz Records.EndToEnd Records.Sources Worker Worlds,-namespace- 'KlaviyoRelay.Tests.$(part)*') -trait- Takes=programs -trait- Takes=long

# In full, with a table of what happened; `make test` runs them with fewer conversations.
test-faults: node_modules/.package-lock.json
	@dotnet build KlaviyoRelay.Faults -c $(CONFIGURATION) --nologo -v quiet >&2
	@dotnet KlaviyoRelay.Faults/$(BIN)/KlaviyoRelay.Faults.dll $(if $(CONVERSATIONS),--conversations $(CONVERSATIONS)) $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json)

# `make test` plays 500 worlds. A world that breaks a promise is told in as few steps as it needs.
worlds:
	@dotnet build KlaviyoRelay.Worlds -c $(CONFIGURATION) --nologo -v quiet -p:UseSharedCompilation=true >&2
	@dotnet KlaviyoRelay.Worlds/$(BIN)/KlaviyoRelay.Worlds.dll $(if $(SEED),--seed $(SEED)) $(if $(HOURS),--hours $(HOURS) --talks 210) $(if $(FIRST),--first $(FIRST))

# A copy of Core is built for each bug.
mutants:
	@dotnet build KlaviyoRelay.Worlds -c $(CONFIGURATION) --nologo -v quiet -p:UseSharedCompilation=true >&2
	@node scripts/mutants.mjs $(ONLY)

# Stryker builds the tests itself. Its report is StrykerOutput/.../mutation-report.json.
stryker:
	@dotnet tool restore > /dev/null
	@cd KlaviyoRelay.Stryker && dotnet stryker --skip-version-check

# A finding is made smaller and says its seed, with which FUZZ_SEED tries it again. `make test` tries a few thousand inputs.
# SECONDS are the time of three tests.
fuzz:
	@dotnet build KlaviyoRelay.Tests -c $(CONFIGURATION) --nologo -v quiet >&2
	@CsCheck_Seed=$(FUZZ_SEED) CsCheck_Time=$$(( ($(or $(SECONDS),60) + 2) / 3 )) dotnet KlaviyoRelay.Tests/$(BIN)/KlaviyoRelay.Tests.dll \
		-namespace KlaviyoRelay.Tests.Fuzz -showLiveOutput -noColor

# The table, and bench.json with every single run.
bench: node_modules/.package-lock.json
	@dotnet build KlaviyoRelay.Benchmarks -c $(CONFIGURATION) --nologo -v quiet >&2
	@dotnet KlaviyoRelay.Benchmarks/$(BIN)/KlaviyoRelay.Benchmarks.dll $(if $(ONLY),--only $(ONLY)) $(if $(FULL),--full) $(if $(JSON),--json)

check: node_modules/.package-lock.json
	dotnet format KlaviyoRelay.sln --verify-no-changes
	$(MAKE) test

publish:
	@scripts/publish

# The tests that `make test` runs against the build. The app is the folder that is deployed.
test-published: node_modules/.package-lock.json
	PUBLISHED_APP=publish/app dotnet test KlaviyoRelay.Tests -c $(CONFIGURATION) --nologo \
		--filter FullyQualifiedName~KlaviyoRelay.Tests.Worker. -- RunConfiguration.TreatNoTestsAsError=true

sbom:
	@scripts/sbom

bicep: compiler
	@node scripts/bicep.mjs validate
	@node scripts/check-kql.mjs

# infra/example.snapshot.json: look at the difference before you commit it.
snapshot: compiler
	@node scripts/bicep.mjs snapshot

# The Bicep compiler is a package that the tests' project downloads.
compiler: node_modules/.package-lock.json
	@dotnet restore KlaviyoRelay.Tests --nologo -v quiet >&2

# Not on stdout, where JSON=1 puts its result. Without analyzers, which take a third of the time: `make test` runs them.
# It names each project as it is done.
build:
	@echo "Building the relay and the simulator: about a minute the first time." >&2
	@dotnet build KlaviyoRelay.Cli $(QUICKLY) >&2
	@dotnet build KlaviyoRelay.Simulator $(QUICKLY) >&2

QUICKLY = -c $(CONFIGURATION) --nologo -v minimal -tl:off -p:RunAnalyzers=false -p:UseSharedCompilation=true

# The dashboard's tests use the machine's own browser; one is installed where there is none.
chromium:
	@scripts/chromium

# The SQL source's tests start a server of their own from these programs.
postgres:
	@scripts/postgres

# Looks through the scripts, in a test.
shellcheck:
	@scripts/shellcheck

# Azurite, axe-core and the Kusto parser, as the lock file names them.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm > /dev/null || { echo "npm is missing. Install Node.js 20 or later: https://nodejs.org/en/download (Debian: apt-get install nodejs npm)" >&2; exit 1; }
	@echo "Getting the npm packages: half a minute the first time." >&2
	@npm ci --ignore-scripts --no-audit --no-fund || { echo "npm could not get the packages of package-lock.json: the first run needs the network, later ones don't." >&2; exit 1; }

clean:
	rm -rf publish TestResults .azurite
	dotnet clean KlaviyoRelay.sln -c $(CONFIGURATION) --nologo -v quiet
