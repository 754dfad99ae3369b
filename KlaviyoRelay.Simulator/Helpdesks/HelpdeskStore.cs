namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>Customers and conversations of one simulated helpdesk.</summary>
internal sealed class HelpdeskStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Customer> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _conversationsOf = new(StringComparer.Ordinal);

    public IReadOnlyList<Customer> Customers()
    {
        lock (_gate)
        {
            return [.. _customers.Values];
        }
    }

    public Customer? FindCustomer(string id)
    {
        lock (_gate)
        {
            return _customers.GetValueOrDefault(id);
        }
    }

    public Conversation? FindConversation(string id)
    {
        lock (_gate)
        {
            return _conversations.GetValueOrDefault(id);
        }
    }

    /// <summary>A customer's conversations, those of customers that were merged into it among them; the oldest first.</summary>
    public IReadOnlyList<Conversation> ConversationsOf(string customerId)
    {
        lock (_gate)
        {
            return [.. WithMerged(customerId)
                .SelectMany(customer => _conversationsOf.GetValueOrDefault(customer) ?? [])
                .Select(id => _conversations[id])
                .OrderBy(conversation => conversation.CreatedAt)];
        }
    }

    // A handful of customers are merged, one into the other.
    private IEnumerable<string> WithMerged(string customerId) =>
        _customers.Values.Where(customer => customer.MovedTo == customerId).SelectMany(customer => WithMerged(customer.Id)).Prepend(customerId);

    /// <summary>Adds customers, or changes them: a change counts the revision up unless the customer comes with a higher one.</summary>
    public void Put(IEnumerable<Customer> customers)
    {
        lock (_gate)
        {
            foreach (var customer in customers)
            {
                _customers[customer.Id] = _customers.TryGetValue(customer.Id, out var before)
                    ? customer with { Rev = Math.Max(customer.Rev, before.Rev + 1), Before = before with { Before = null } }
                    : customer;
            }
        }
    }

    public void Put(IEnumerable<Conversation> conversations)
    {
        lock (_gate)
        {
            foreach (var conversation in conversations)
            {
                if (_conversations.TryGetValue(conversation.Id, out var before))
                {
                    _conversationsOf[before.CustomerId].Remove(before.Id);
                }

                _conversations[conversation.Id] = conversation with { CreatedAt = before?.CreatedAt ?? conversation.CreatedAt };
                if (!_conversationsOf.TryGetValue(conversation.CustomerId, out var ids))
                {
                    _conversationsOf[conversation.CustomerId] = ids = new HashSet<string>(StringComparer.Ordinal);
                }

                ids.Add(conversation.Id);
            }
        }
    }

    public void ClearConversations()
    {
        lock (_gate)
        {
            _conversations.Clear();
            _conversationsOf.Clear();
        }
    }

    public void ClearCustomers()
    {
        lock (_gate)
        {
            _customers.Clear();
        }
    }
}
