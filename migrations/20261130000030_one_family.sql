-- Of orders placed in each other's stead, at most one may be carried out.

-- Whether the order is carried out, or may be: also where it failed here, and the marketplace went on with it after all.
create function is_living(of_intent intent) returns boolean language sql stable as $$
    select of_intent.state not in ('failed', 'cancelled', 'absent')
        or exists (select from marketplace_order o
                   where o.id = of_intent.order_id and o.status in ('submitted', 'processing', 'completed'))
$$;

-- Another order of the family of `member` that is carried out, or may be. Looking at those before it alone would miss the
-- one that was placed in the stead of the same order, and turned up.
create function living_relative(member uuid) returns uuid language sql stable as $$
    select i.id from intent i
    where i.id in (select order_family(member)) and i.id <> member and is_living(i) limit 1
$$;

drop function living_predecessor(uuid);
