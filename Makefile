# make run     the relay, a simulated Klaviyo and simulated helpdesks, on this machine
# make demo    in a second terminal: a story of conversations, and what Klaviyo recorded of them
# make test    every test
# make test-faults  the fault tests in full: CONVERSATIONS=1000, ONLY=killed,drain
# make check   format, build and test
# make publish the Azure Functions app, into publish/

CONFIGURATION := Release
BIN = bin/$(CONFIGURATION)/net10.0

.PHONY: run demo test test-faults check publish build clean

run: build node_modules/.package-lock.json
	@scripts/run $(CONFIGURATION)

demo: build
	@dotnet KlaviyoRelay.Simulator/$(BIN)/KlaviyoRelay.Simulator.dll demo

test: node_modules/.package-lock.json
	dotnet test KlaviyoRelay.sln -c $(CONFIGURATION) --nologo --logger trx --results-directory TestResults

# In full, with a table of what happened; `make test` runs them with fewer conversations.
test-faults: node_modules/.package-lock.json
	@dotnet build KlaviyoRelay.Faults -c $(CONFIGURATION) --nologo -v quiet
	@dotnet KlaviyoRelay.Faults/$(BIN)/KlaviyoRelay.Faults.dll $(if $(CONVERSATIONS),--conversations $(CONVERSATIONS)) $(if $(ONLY),--only $(ONLY))

check: node_modules/.package-lock.json
	dotnet format KlaviyoRelay.sln --verify-no-changes
	$(MAKE) test

publish:
	dotnet publish KlaviyoRelay.Functions -c $(CONFIGURATION) -p:FunctionsWorker=true -o publish/app

build:
	@dotnet build KlaviyoRelay.LocalHost -c $(CONFIGURATION) --nologo -v quiet
	@dotnet build KlaviyoRelay.Simulator -c $(CONFIGURATION) --nologo -v quiet

# Azurite, as the lock file names it.
node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund

clean:
	rm -rf publish TestResults .azurite
	dotnet clean KlaviyoRelay.sln -c $(CONFIGURATION) --nologo -v quiet
