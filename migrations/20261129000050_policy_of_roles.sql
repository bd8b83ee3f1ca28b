-- A role that is deleted needs no second factor any more.
alter table second_factor_policy
    add constraint second_factor_policy_role foreign key (role) references role on delete cascade;
