package io.jeton.floor;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** An empty request, an ES256 signature, a pooled one-row UPDATE. */
@Path("/floor")
public final class FloorResource {
    private static final byte[] MESSAGE = "x".repeat(300).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOCUMENT = ("\"" + "x".repeat(1_400) + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final String UPDATE = "update refresh_token set retries = 0 where id = $1";
    private static final String ROW = "select id from refresh_token order by id offset $1 limit 1";

    private final Pool pool;
    private final KeyPair keys;
    private final ConcurrentMap<Integer, Tuple> rows = new ConcurrentHashMap<>();

    FloorResource(Pool pool) throws GeneralSecurityException {
        this.pool = pool;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.keys = generator.generateKeyPair();
    }

    @GET
    @Path("/empty")
    public Uni<Response> empty() {
        return Uni.createFrom().item(Response.ok().build());
    }

    /** As many constant bytes as a key set has. */
    @GET
    @Path("/document")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<byte[]> document() {
        return Uni.createFrom().item(DOCUMENT);
    }

    @POST
    @Path("/empty")
    public Uni<Response> empty(byte[] body) {
        return Uni.createFrom().item(Response.ok().build());
    }

    @POST
    @Path("/sign")
    public Uni<Response> sign(byte[] body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(MESSAGE);
        return Uni.createFrom()
                .item(Response.ok().header("Signed", signature.sign().length).build());
    }

    /** @param row which row, 0 is the first by id */
    @POST
    @Path("/update/{row}")
    public Uni<Response> update(@PathParam("row") int row, byte[] body) {
        return Uni.createFrom()
                .completionStage(id(row).thenCompose(
                                id -> pool.preparedQuery(UPDATE).execute(id).toCompletionStage()))
                .map(updated ->
                        Response.ok().header("Updated", updated.rowCount()).build());
    }

    private CompletableFuture<Tuple> id(int row) {
        Tuple known = rows.get(row);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return pool.preparedQuery(ROW)
                .execute(Tuple.of(row))
                .map(found -> Tuple.of(found.iterator().next().getUUID(0)))
                .onSuccess(id -> rows.put(row, id))
                .toCompletionStage()
                .toCompletableFuture();
    }
}
