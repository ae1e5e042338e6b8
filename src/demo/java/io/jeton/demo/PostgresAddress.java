package io.jeton.demo;

/** Where an embedded server listens, on this machine alone, and how it is entered. */
record PostgresAddress(int port, String user, String password) {
    String jdbcUrl(String database) {
        return "jdbc:" + reactiveUrl(database);
    }

    String reactiveUrl(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String toString() {
        return user + "@127.0.0.1:" + port;
    }
}
