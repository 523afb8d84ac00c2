package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Accounts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Puts the table of all routes together. */
final class Routes {

  private final RouteTable table;
  private final DaemonRoutes daemon;

  Routes(Services services, Accounts accounts, Authentication authentication, Live live) {
    daemon = new DaemonRoutes(services, accounts.audit(), InstantSource.system());
    List<Route> all = new ArrayList<>();
    all.addAll(new AccountRoutes(accounts, authentication, live).all());
    all.addAll(new UserRoutes(accounts, live, services.jobs()).all());
    all.addAll(new JobRoutes(services.jobs(), accounts.audit()).all());
    all.addAll(new FileRoutes(services.jobs()).all());
    all.addAll(daemon.all());
    all.addAll(live.routes());
    all.add(
        Route.get("/openapi.json", Access.READ, "This description", call -> description())
            .answers(Answer.OK, Object.class));
    table = new RouteTable(all);
  }

  RouteTable table() {
    return table;
  }

  private Answer description() {
    return Answer.ok(new OpenApi().describe(table));
  }
}
