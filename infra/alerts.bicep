// What a person should look at; docs/operations.md says for each what it means and what to do.
param location string
param tags object
param actionGroupId string
param applicationInsightsId string
param workspaceId string
param serviceBusId string
param keyVaultId string
param connectionNames string[]
param syncNames string[]

@minValue(1)
@maxValue(48)
param quietHours int

// How many messages a queue holds is a gauge: its maximum says "was there any", its minimum "was there always one".
var queueAlerts = [
  {
    name: 'dead-letter-rejected'
    description: 'Events were refused and are parked in dead-letter-rejected until a person looks at them.'
    severity: 2
    metricName: 'ActiveMessages'
    queues: ['dead-letter-rejected']
    aggregation: 'Maximum'
    windowSize: 'PT5M'
  }
  {
    name: 'native-dead-letters'
    description: 'The relay could not read or handle messages, and Service Bus put them into a queue\'s own dead-letter queue.'
    severity: 1
    metricName: 'DeadletteredMessages'
    queues: ['conversation-events', 'records', 'dead-letter-throttled', 'dead-letter-rejected']
    aggregation: 'Maximum'
    windowSize: 'PT5M'
  }
  {
    name: 'throttled-backlog'
    description: 'For an hour there have always been events that wait because Klaviyo or a helpdesk throttles or is away.'
    severity: 3
    metricName: 'ScheduledMessages'
    queues: ['dead-letter-throttled']
    aggregation: 'Minimum'
    windowSize: 'PT1H'
  }
  {
    name: 'release-stuck'
    description: 'For an hour there have always been throttled events whose time had come and that ReleaseThrottled did not take.'
    severity: 1
    metricName: 'ActiveMessages'
    queues: ['dead-letter-throttled']
    aggregation: 'Minimum'
    windowSize: 'PT1H'
  }
  {
    name: 'events-backlog'
    description: 'For an hour conversation-events has never been empty: more comes in than Klaviyo takes, or nothing is relayed.'
    severity: 2
    metricName: 'ActiveMessages'
    queues: ['conversation-events']
    aggregation: 'Minimum'
    windowSize: 'PT1H'
  }
]

resource queueMetricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for alert in queueAlerts: {
    name: alert.name
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [serviceBusId]
      evaluationFrequency: 'PT5M'
      windowSize: alert.windowSize
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: alert.name
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: alert.metricName
            timeAggregation: alert.aggregation
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [
              {
                name: 'EntityName'
                operator: 'Include'
                values: alert.queues
              }
            ]
          }
        ]
      }
      autoMitigate: true
      actions: [
        {
          actionGroupId: actionGroupId
        }
      ]
    }
  }
]

resource vaultFailures 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'vault-failures'
  location: 'global'
  tags: tags
  properties: {
    description: 'Key Vault throttles or is away.'
    severity: 2
    enabled: true
    scopes: [keyVaultId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'vault-failures'
          metricNamespace: 'Microsoft.KeyVault/vaults'
          metricName: 'ServiceApiResult'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'StatusCode'
              operator: 'Include'
              // Not 401: that is how a vault asks a new client to sign in. Not 403 and 404: each new deployment has them
              // until its role works and its secrets are stored, and others may try too. secrets-unreadable hears of
              // the relay's own.
              values: ['429', '500', '502', '503', '504']
            }
          ]
        }
      ]
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: actionGroupId
      }
    ]
  }
}

// docs/telemetry.md says which metrics and tags arrive in customMetrics. A new deployment has an hour to get its secrets.
resource secretsUnreadable 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'secrets-unreadable'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'secrets-unreadable'
    description: 'For more than an hour the relay could not read a secret: it is missing or disabled, or the relay\'s role is.'
    severity: 1
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT6H'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "relay.secrets.failed" and tostring(customDimensions["relay.reason"]) in ("missing", "forbidden") | summarize First = min(timestamp), Last = max(timestamp) | where Last - First > 1h and Last > ago(1h)'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    // A component that is a minute old knows no tables yet.
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}

// A rule for each connection, so that one helpdesk's silence is heard beside another's webhooks. It is silent itself
// until the app is quietHours old. Any row shows that it was there: requests may be sampled, and logs and metrics are not.
resource noWebhookAccepted 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for connection in connectionNames: {
    name: 'no-webhook-accepted-${connection}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'no-webhook-accepted-${connection}'
      description: 'No webhook of ${connection} was accepted for ${quietHours} hour(s): the helpdesk may have switched it off, or sends what is refused.'
      severity: 2
      enabled: true
      scopes: [applicationInsightsId]
      evaluationFrequency: 'PT1H'
      windowSize: 'P2D'
      criteria: {
        allOf: [
          {
            query: 'union requests, traces, customMetrics | where timestamp < ago(${quietHours}h) + 20m | summarize RunsBefore = count() | extend Accepted = toscalar(customMetrics | where timestamp > ago(${quietHours}h) and name == "relay.webhooks" and tostring(customDimensions["relay.outcome"]) == "accepted" and tostring(customDimensions["relay.connection"]) == "${connection}" | count) | where RunsBefore > 0 and Accepted == 0'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      skipQueryValidation: true
      autoMitigate: true
      actions: {
        actionGroups: [actionGroupId]
      }
    }
  }
]

// A sender that has changed its columns or formats has many rows rejected. A few wrong rows are everyday: their run's
// result names them. A rule for all syncs, and none where there is no sync.
resource rowsRejected 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (!empty(syncNames)) {
  name: 'rows-rejected'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'rows-rejected'
    description: 'Of the rows of a sync whose runs ended within an hour, more than a tenth were rejected.'
    severity: 2
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "relay.rows" | extend Outcome = tostring(customDimensions["relay.outcome"]) | summarize RowCount = sum(valueSum), RejectedCount = sumif(valueSum, Outcome == "rejected") by Sync = tostring(customDimensions["relay.sync"]) | extend RejectedPercent = 100.0 * RejectedCount / RowCount'
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'RejectedPercent'
          dimensions: [
            {
              name: 'Sync'
              operator: 'Include'
              values: ['*']
            }
          ]
          operator: 'GreaterThan'
          threshold: 10
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}

// The weekly audit counts what is unprotected and was not so a week before. An account's first audit counts all of it.
resource auditUnprotected 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'audit-unprotected'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'audit-unprotected'
    description: 'A flow or a scheduled campaign that was not there a week before, or was protected then, would mail a customer in conversation.'
    severity: 2
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT1H'
    windowSize: 'PT2H'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "relay.audit.unprotected" | summarize NewCount = sum(valueSum) by Account = tostring(customDimensions["relay.account"])'
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'NewCount'
          dimensions: [
            {
              name: 'Account'
              operator: 'Include'
              values: ['*']
            }
          ]
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}

// The host writes one request for every run of a function: itemCount says how many a row stands for where they are
// sampled. `success` says that no exception came out of the run, so a webhook that is answered with 503 is told by its
// resultCode alone. CheckConnection answers 503 about what it looks at; the host names the requests of an HTTP function
// by its address. A single failed run is no rate: at least 5 rows.
resource failureRate 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'failure-rate'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'failure-rate'
    description: 'More than a tenth of a function\'s runs (5 or more) failed or answered 5xx. A webhook that is refused (4xx) is no failure.'
    severity: 1
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: 'requests | where name != "CheckConnection" and not(name contains "/connections/" and name endswith "/check") | extend Status = coalesce(toint(resultCode), 0) | extend Failed = Status >= 500 or (success == false and not(Status between (400 .. 499))) | summarize Rows = count(), Runs = sum(itemCount), FailedRuns = sumif(itemCount, Failed) by Function = name | where Rows >= 5 | extend FailedPercent = 100.0 * FailedRuns / Runs'
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'FailedPercent'
          dimensions: [
            {
              name: 'Function'
              operator: 'Include'
              values: ['*']
            }
          ]
          operator: 'GreaterThan'
          threshold: 10
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}

// Without telemetry the log alerts see nothing. Azure itself still writes down that it has stopped:
// learn.microsoft.com/azure/azure-monitor/logs/daily-cap
resource telemetryCutOff 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'telemetry-cut-off'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'telemetry-cut-off'
    description: 'Within the last day more was logged than dailyQuotaGb, and Azure dropped the rest of that day. The relay goes on, unseen.'
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'P1D'
    criteria: {
      allOf: [
        {
          query: '_LogOperation | where Category =~ "Ingestion" | where Detail has "OverQuota"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}
