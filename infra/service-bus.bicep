// The queues (KlaviyoRelay.Core/Work/QueueNames.cs). Standard, because Basic has neither sessions nor duplicate
// detection.
param location string
param tags object
param token string
param workspaceId string

// Those whose messages are work. One Klaviyo account, one session: its work is done in order, one batch at a time.
var workQueueNames = ['conversation-events', 'records']

var queueNames = [
  'conversation-events'
  'records'
  'dead-letter-throttled'
  'dead-letter-rejected'
]

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-${token}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

// Whether a queue has sessions and detects duplicates is fixed when it is created.
@batchSize(1)
resource queues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for queueName in queueNames: {
    parent: namespace
    name: queueName
    properties: {
      requiresSession: contains(workQueueNames, queueName)
      // Drops a webhook that the helpdesk delivers twice and an event that RecoverMissedEvents fetches again: both
      // have the event's own id; and a run of rows that is queued twice. What is released or redriven has an id of its own for each attempt
      // (ConversationEventId.ForMessage), so it is never taken for a repeat. The other queues must take the same
      // letter again.
      requiresDuplicateDetection: contains(workQueueNames, queueName)
      // As long as Gladly tries to deliver a webhook (96 minutes), and longer than Kustomer does (an hour).
      duplicateDetectionHistoryTimeWindow: 'PT2H'
      // The longest there is. The trigger renews no session's lock, which counts from when it took the session; the relay
      // releases the session after every batch, so each batch has a whole lock. Relay__Delivery__BatchBudget stays below it.
      lockDuration: 'PT5M'
      // What the relay can't read or handle is put into the queue's own dead-letter queue after so many tries.
      maxDeliveryCount: 10
      // No time to live is set: nothing is ever dropped for its age.
      deadLetteringOnMessageExpiration: true
      maxSizeInMegabytes: 5120
    }
  }
]

// Who changed a queue; and what clients were refused and why, added up. A row for each message is for Premium only.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: 'OperationalLogs'
        enabled: true
      }
      {
        category: 'DiagnosticErrorLogs'
        enabled: true
      }
    ]
  }
}

output id string = namespace.id
output name string = namespace.name
output host string = '${namespace.name}.servicebus.windows.net'
output queueNames string[] = queueNames
