using KlaviyoRelay.Faults;

return await FaultCommand.Create().Parse(args).InvokeAsync();
